"""spaCy components over the core; each can be added to any pipeline by its name."""
