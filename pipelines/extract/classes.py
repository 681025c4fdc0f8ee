"""Class and id names in, the roles that their words hint at out."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Role = Literal[
    "related", "share", "newsletter", "comments", "sponsored", "nav", "tags", "byline",
    "date", "caption", "credit", "standfirst", "legal", "sidebar", "headline",
    "section",
    "footer", "paywall", "bio", "updated", "hidden",
    "widget", "inset", "toolbar",
]  # fmt: skip

_PART, _LOWER = re.compile(r"[A-Z]?[a-z]+|[A-Z]+"), re.compile(r"[a-z]+")
_DIGIT = re.compile(r"[0-9]")
_WORDS: dict[str, Role] = {
    **dict.fromkeys(
        ("related", "recommended", "recommendation", "recommendations", "trending",
         "popular", "outbrain", "taboola", "seealso", "alsoread",
         "relatedposts", "yarpp", "teaser", "teasers", "promo", "promos",
         "recirculation", "recirc", "mediapromo", "internallink", "zergnet",
         "revcontent", "mostread", "upnext",
         "jp-relatedposts", "morefrom", "similar", "crosslinks"),
        "related",
    ),
    **dict.fromkeys(
        ("share", "sharing", "shares", "social", "addthis", "sharedaddy", "sociable",
         "sharebar", "socials", "addtoany", "shareaholic", "sharethis", "follow",
         "whatsapp", "sns", "messenger"),
        "share",
    ),
    **dict.fromkeys(
        ("newsletter", "newsletters", "subscribe", "subscription", "signup", "mailing",
         "mailchimp", "optin", "cta"),
        "newsletter",
    ),
    **dict.fromkeys(
        ("comment", "comments", "disqus", "respond", "commentlist", "replies",
         "livefyre", "kommentare",
         "kommentar", "postcomment"),
        "comments",
    ),
    **dict.fromkeys(
        ("sponsored", "advert", "adverts", "ad", "ads", "advertisement", "advertising",
         "dfp", "adsense", "adslot", "adbox", "adunit", "anzeige", "werbung", "mpu"),
        "sponsored",
    ),
    **dict.fromkeys(
        ("nav", "navigation", "navbar", "menu", "breadcrumb", "breadcrumbs", "pager",
         "pagination", "toc", "prevnext", "subnav", "skip"),
        "nav",
    ),
    **dict.fromkeys(("tags", "taglist", "tagcloud", "tagged", "keywords"), "tags"),
    **dict.fromkeys(
        ("byline", "bylines", "author", "authors", "authorname", "contributor",
         "writer",
         "byl", "autor", "auteur", "journalist", "submitted"),
        "byline",
    ),
    **dict.fromkeys(
        ("date", "time", "timestamp", "published", "pubdate", "dateline", "posted",
         "datetime", "datum", "publish", "publication", "created", "datestamp"),
        "date",
    ),
    **dict.fromkeys(("updated", "modified", "lastmod"), "updated"),
    **dict.fromkeys(("caption", "captions", "figcaption", "bildtext",
         "imagedescription",
         "imagecaption", "bildunterschrift", "legend"), "caption"),
    **dict.fromkeys(("credit", "credits", "copyright", "photographer"), "credit"),
    **dict.fromkeys(
        ("standfirst", "dek", "deck", "subtitle", "subhead", "subheadline",
         "subheading",
         "intro", "lede", "teasertext", "sapo", "chapo", "vorspann", "introtext"),
        "standfirst",
    ),
    **dict.fromkeys(("cookie", "cookies", "consent", "gdpr", "disclaimer"), "legal"),
    **dict.fromkeys(("sidebar", "rail", "aside"), "sidebar"),
    **dict.fromkeys(("widget", "widgets"), "widget"),
    **dict.fromkeys(("inset", "infobox", "factbox", "boxout", "insert"), "inset"),
    **dict.fromkeys(("headline", "title", "heading"), "headline"),
    **dict.fromkeys(("category", "section", "kicker", "eyebrow"), "section"),
    **dict.fromkeys(("footer", "colophon"), "footer"),
    **dict.fromkeys(("paywall", "regwall", "meter", "paidbox", "paybox"), "paywall"),
    "postmetadata": "toolbar",
    **dict.fromkeys(("bio", "biography", "aboutauthor", "wpautbox",
                     "authorbox", "saboxplugin", "molongui"), "bio"),
}  # fmt: skip
_PHRASES: dict[tuple[str, str], Role] = {
    ("read", "next"): "related",
    ("more", "on"): "related",
    ("more", "from"): "related",
    ("more", "stories"): "related",
    ("most", "read"): "related",
    ("most", "viewed"): "related",
    ("also", "read"): "related",
    ("see", "also"): "related",
    ("up", "next"): "related",
    ("next", "article"): "related",
    ("latest", "news"): "related",
    ("latest", "posts"): "related",
    ("latest", "stories"): "related",
    ("recent", "posts"): "related",
    ("sign", "up"): "newsletter",
    ("wm", "ipp"): "toolbar",
    ("author", "info"): "bio",
    ("author", "description"): "bio",
    ("author", "box"): "bio",
    ("author", "card"): "bio",
    ("news", "letter"): "newsletter",
    ("interesting", "articles"): "related",
    ("post", "navigation"): "nav",
    ("img", "description"): "caption",
    ("image", "description"): "caption",
    ("image", "annotation"): "caption",
    ("image", "text"): "caption",
    ("fact", "box"): "inset",
    ("info", "box"): "inset",
    ("author", "bio"): "bio",
    ("about", "author"): "bio",
    ("about", "the"): "bio",
    ("sub", "headline"): "standfirst",
    ("sub", "title"): "standfirst",
    ("sub", "heading"): "standfirst",
}
_FIRST = frozenset(first for first, _ in _PHRASES)
FURNITURE: frozenset[Role] = frozenset(
    ("related", "share", "newsletter", "comments", "sponsored", "nav", "legal",
     "sidebar", "footer", "paywall", "bio", "widget", "toolbar")
)  # fmt: skip
"""Roles of containers whose text is not the article."""


_HIDDEN = frozenset(
    ("hidden", "d-none", "sr-only", "visually-hidden", "visuallyhidden",
     "screen-reader-text", "print-only", "printonly", "u-hidden", "is-hidden")
)  # fmt: skip
"""Whole class names; "overflow-hidden" hides nothing."""
_NONE: frozenset[Role] = frozenset()
_CODE_CHARS, _LEAST_CODES = 2, 3
_NOT_PRINTED = frozenset(
    ("no-print", "noprint", "not-for-print", "hidden-print", "d-print-none",
     "print-hidden", "print-none", "print:hidden", "dontprint", "do-not-print")
)  # fmt: skip
"""Class names of what is left out on paper: the page's own, not the article's."""
_HEX = re.compile(r"(?<![A-Za-z0-9])(?=[a-f]*[0-9])[0-9a-f]{4,}(?![A-Za-z0-9])")
"""A number or a digest in a name: "58ad1d2" is about no advertisement."""
_DENIALS = frozenset({"no", "with", "has", "without"})
"""Words before a word by which the box is not that: "with-sidebar"."""
_TELLING = _FIRST | _WORDS.keys()
_WHOLE = _HIDDEN | _NOT_PRINTED
_SHOWN = re.compile(r"(?:^|\s)(?:\w+:(?:block|flex|grid|inline\S*)|d-\w+-(?!none)\w+)")
"""Class names that show on some screens what is hidden on others."""


@lru_cache(maxsize=16_384)
def roles(names: str) -> frozenset[Role]:
    """Return the roles that a string of class and id names hints at."""
    spelled = _HEX.sub(" ", names) if _DIGIT.search(names) else names
    if spelled.islower():
        words = _LOWER.findall(spelled)
    else:
        words = [word.lower() for word in _PART.findall(spelled)]
    tokens = names.split()
    if _TELLING.isdisjoint(words) and _WHOLE.isdisjoint(tokens):
        return _NONE
    found = {
        _WORDS[word]
        for before, word in pairwise(("", *words))
        if word in _WORDS and before not in _DENIALS
    }
    if not _FIRST.isdisjoint(words):
        found.update(_PHRASES[p] for p in pairwise(words) if p in _PHRASES)
    if not _HIDDEN.isdisjoint(tokens) and not _SHOWN.search(names):
        found.add("hidden")
    if not _NOT_PRINTED.isdisjoint(tokens):
        found.add("toolbar")
    if "sponsored" in found and _is_code(names):
        found.discard("sponsored")
    return frozenset(found)


def _is_code(names: str) -> bool:
    """Whether class names are made by a program: "ad" among "ab q ae" means nothing."""
    return sum(len(name) <= _CODE_CHARS for name in names.split()) >= _LEAST_CODES
