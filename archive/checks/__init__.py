"""An archive goes in; what is wrong with it comes out. One module a subject."""
