"""How fast the package reads, against what its users would else run on the same texts."""
