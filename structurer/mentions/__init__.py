"""Find what a text mentions: one kind of mention, one file."""
