"""Dates: material in, the moments of publication and of the last change out."""
