"""From the tables to a meta-analysis: one estimate a study, layouts for other programs, pooling, forest plot."""
