"""Join what was found: estimates to intervals and p-values, counts to arms, results to outcomes."""
