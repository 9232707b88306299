"""Make the models that the package ships. Needs the extra `train` (SciPy); nothing here is read at run time."""
