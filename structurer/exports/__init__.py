"""Write reports and tables to files."""
