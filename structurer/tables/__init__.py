"""Tidy tables from reports."""
