"""Our findings as spans with labels, for annotation tools: brat, doccano, Label Studio, Prodigy, spaCy's DocBin."""
