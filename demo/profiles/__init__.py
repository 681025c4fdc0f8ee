"""Site profiles of the made-up titles, filled in at run time; contains no code."""
