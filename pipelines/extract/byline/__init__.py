"""Bylines: material in, the people and agencies who wrote the article out."""
