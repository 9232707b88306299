"""structurer evaluate: how right the extraction is on a gold file."""

from __future__ import annotations


def evaluate() -> None:
    """Score the extraction against a gold file."""
