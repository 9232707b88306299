"""The sections of an abstract."""
