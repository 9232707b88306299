"""The review page: what was extracted, shown to a person who accepts, corrects or rejects it, on this machine only."""
