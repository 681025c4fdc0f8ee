"""A number and a word go in; both come out, the word as the number asks for it."""

from __future__ import annotations


def counted(number: int, word: str) -> str:
    """Such as "1 site" and "2 sites"; thousands are parted.

    Args:
        number: How many.
        word: The plural, made with an s.
    """
    return f"{number:,} {word.removesuffix('s') if number == 1 else word}"
