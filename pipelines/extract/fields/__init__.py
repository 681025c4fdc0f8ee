"""Headline, standfirst, address, section, tags, language: material in, claims out."""
