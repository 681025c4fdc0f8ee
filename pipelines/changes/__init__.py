"""Two texts of an article go in; whether and how it was edited comes out. Pure."""
