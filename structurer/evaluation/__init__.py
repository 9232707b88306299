"""How right the extraction is, on gold files that a careful reader wrote."""
