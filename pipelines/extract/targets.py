"""A link goes in; the key of its target, and whether that is a list, come out."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.errors import InvalidUrl
from crawler.lists import is_calendar, is_list, is_term
from crawler.urls import page_key

from .dated.months import month
from .text import number_of, words

_MONTH_AND_YEAR = re.compile(r"(\w+)[.,]? (?:19|20)\d\d(?: \(\d+\))?")
"""The whole name of a month's archive, perhaps with the number of its articles."""


_LABEL_WORDS = 2
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no spaces between words."""


@lru_cache(maxsize=4_096)
def address_key(url: str) -> int | None:
    """The number that all spellings and views of a page's address share: 64 bits.

    None where the address cannot be read. A site's pages repeat most of their links.
    """
    try:
        return number_of(page_key(url))
    except InvalidUrl:
        return None


@lru_cache(maxsize=4_096)
def leads_to_list(url: str, text: str) -> bool:
    """Whether a link leads to a list of articles, as its address or its text says."""
    if is_list(url) or is_term(url) or is_calendar(url):
        return True
    named = _MONTH_AND_YEAR.fullmatch(text)
    return named is not None and month(named[1]) is not None


def is_label(text: str) -> bool:
    """Whether a text is too short for a headline: a section's, a topic's or a name."""
    return len(words(text)) <= _LABEL_WORDS and not _UNSPACED.search(text)
