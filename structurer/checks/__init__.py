"""Check what was found against itself, and say how sure it is."""
