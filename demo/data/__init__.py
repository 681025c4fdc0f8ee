"""Vocabularies of the made-up titles, one TOML file each; contains no code."""
