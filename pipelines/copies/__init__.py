"""A stored text goes in; the articles that carry it too, and their stories, come out.

`signature` samples a text for the index, `verify` compares two texts word by word,
`relation` says how two articles belong together, `compare` asks the archive's index and
puts what was found back. docs/copies.md has the method and what it was measured at.
"""
