"""Reading printed text: one spelling, numbers, sentences, tokens of statistical notation."""
