"""A second reader's table against ours: lined up, compared cell by cell, agreement counted."""
