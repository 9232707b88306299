"""What a person decides about each row of the results: verdicts, corrections, and where they are kept."""
