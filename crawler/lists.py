"""An address goes in; whether it is spelled like a list of articles comes out.

Pure functions on spellings: what a page is, its own markup may tell better.
"""

from __future__ import annotations

import re

# What publishing systems call their lists of articles, and the pages of one.
_LIST = re.compile(
    r"/(?:categor(?:y|ies)|tags?|topics?|authors?|archives?|sections?)"
    r"(?:/[^/]{1,60}){0,2}/?(?:\.\w{3,5})?$|/(?:page/?|index)\d{1,5}(?:\.\w{3,5})?/?$|"
    r"[?&](?:paged?|pg)=\d+|^https?://[^/]+/index\.\w{3,5}$",
    re.IGNORECASE,
)
# All terms, or one: too short for a headline, and nobody files an article there.
_TERM = re.compile(
    r"/(?:categor(?:y|ies)|tags?|authors?)/[^/-]{1,40}(?:-[^/-]{1,40}){0,3}/?"
    r"(?:page/?\d{1,5}/?)?$|"
    r"^https?://[^/]+/(?:archives?|authors|categories|tags)/?(?:\.\w{3,5})?$",
    re.IGNORECASE,
)
# All that was published in a year, in a month or on a day.
_DAYS = re.compile(
    r"/(?:19|20)\d\d(?:/(?:0?[1-9]|1[0-2])(?:/(?:0?[1-9]|[12]\d|3[01]))?)?/?$|"
    r"[?&]m=(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:\d\d)?$",
)


def is_list(url: str) -> bool:
    """Whether an address is spelled like a list of articles, or a page of one."""
    return _LIST.search(url.partition("#")[0]) is not None


def is_term(url: str) -> bool:
    """Whether an address is that of a category, a tag, an author or of all of them."""
    return _TERM.search(url.partition("#")[0].partition("?")[0]) is not None


def is_calendar(url: str) -> bool:
    """Whether an address is that of all articles of a year, a month or a day."""
    return _DAYS.search(url.partition("#")[0]) is not None
