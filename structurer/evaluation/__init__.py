"""Score reports against hand-made gold."""
