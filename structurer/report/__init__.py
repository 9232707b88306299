"""What was found, as a page for a person: the abstract with its marks, its results, forest plots, an account."""
