"""Extract what a clinical-trial abstract reports, each number with the place it was read from."""
