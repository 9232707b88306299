"""Read records from export files."""
