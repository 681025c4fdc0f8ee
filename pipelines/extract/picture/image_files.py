"""A picture's element or address goes in; its file, and whether it can be news, out."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from ..tree import names_of

_LAZY = (
    "data-src", "data-lazy-src", "data-original", "data-srcset", "data-lazy-srcset",
    "srcset", "src",
)  # fmt: skip
"""Attributes with a picture's address, in the order in which they are believed."""
_PLACEHOLDER = re.compile(
    r"^(?:data|about|blob|javascript):|"
    r"(?:^|[/_.-])(?:blank|spacer|placeholder|transparent|pixel|1x1|lazy|clear|grey|"
    r"gray)[\w-]*\.(?:gif|png|svg|jpe?g|webp)"
)
"""An address in lower case that only keeps a picture's place."""
_NARROW = re.compile(r"[?&](?:w|width)=\d{1,2}(?:&|$)")
_FURNITURE = re.compile(
    r"(?:^|[/_.\s-])(?:logos?|icons?|favicons?|avatars?|gravatar|sprites?|spacer|blank|"
    r"pixel|1x1|emojis?|smil(?:ey|ies)|badges?|buttons?|btn|arrows?|loading|loader|"
    r"placeholder|transparent|adserver|adservice|advert\w*|doubleclick|feedburner|"
    r"headshots?|bylines?|profile-?(?:pic|photo|image)s?|author-?(?:pic|photo|image)s?|"
    r"app-?store|google-?play|qr-?code|share|tracking|beacon)(?=[/_.@\s\d-]|$)|"
    r"/\w{1,2}\.gif$"
)
"""Words in an address or a class name, in lower case, that no picture of an article
has."""
_BETWEEN = re.compile(r",\s+|,(?=https?:|/)")
_WIDTH = re.compile(r"\s*(\d+(?:\.\d+)?)[wx]")
_SIZE = re.compile(
    r"(?:[-_](?:[0-9a-f]{10}|\d{2,4}x\d{2,4}|\d{2,4}(?:px|w)|scaled|rotated|e\d{10,})|@\dx)+$",
    re.I,
)
_DECLARED = re.compile(r"[-_](\d{2,4})x(\d{2,4})(?=\.\w{3,4}$)")
_EXTENSION = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?)$", re.I)
_STOCK_WORDS = frozenset(
    ("logo", "default", "og", "opengraph", "image", "img", "share", "social", "sharing",
     "facebook", "fb", "twitter", "site", "placeholder", "card", "meta", "fallback",
     "icon", "favicon", "open", "graph", "preview", "generic", "main", "large",
     "homepage")
)  # fmt: skip
"""Words of which the file names of pictures are made that stand for a whole site."""
_ICONS = re.compile(r"/(?:fav)?icons?/|favicon", re.I)
_LEAST_NAME = 4
MIN_PIXELS = 120
"""Sides that are declared to be shorter are an icon's, a portrait's, a thumbnail's."""


def source(img: HtmlElement) -> str:
    """Return the address of an img as written; empty where none can be told."""
    written = img.keys()
    for name in _LAZY:
        value = (img.get(name) or "").strip() if name in written else ""
        if value and "srcset" in name:
            value = _largest(value)
        if value and not _is_placeholder(value):
            return value
    holder = next(img.iterancestors("picture"), None)
    if holder is not None:
        for one in holder.iter("source"):
            value = _largest(one.get("srcset") or one.get("data-srcset") or "")
            if value and not _is_placeholder(value):
                return value
    return ""


def _is_placeholder(address: str) -> bool:
    """Whether an address only keeps a picture's place, by its name or its width."""
    return bool(_PLACEHOLDER.search(address.lower()) or _NARROW.search(address))


def _largest(srcset: str) -> str:
    """Return the address with the greatest width or density of a srcset."""
    best, most = "", -1.0
    for candidate in _BETWEEN.split(srcset):
        address, _, size = candidate.strip().partition(" ")
        found = _WIDTH.match(size)
        width = float(found[1]) if found else 0.0
        if address and width > most:
            best, most = address.rstrip(","), width
    return best


@lru_cache(maxsize=2_048)
def stem(address: str) -> str:
    """Return what the addresses of two sizes of one picture share: mostly a name."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    inner = next(
        (v for _, v in parse_qsl(parts.query) if _EXTENSION.search(urlsplit_path(v))),
        None,
    )
    path = urlsplit_path(inner) if inner else unquote(parts.path)
    name = _EXTENSION.sub("", path.rstrip("/").rsplit("/", 1)[-1])
    name = _SIZE.sub("", _EXTENSION.sub("", name)).casefold().removeprefix("csm_")
    if len(name) < _LEAST_NAME or not re.search(r"[^\W\d_]", name[1:]):
        folder = path.rpartition("/")[0]
        query = "" if inner or _EXTENSION.search(parts.path) else parts.query
        return f"{folder}/{name}?{query}".casefold()
    return name


def urlsplit_path(address: str) -> str:
    """Return an address's path; empty for what is no address."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def is_stock(address: str, site_names: frozenset[str]) -> bool:
    """Whether an address is that of a picture that a site shows for any article."""
    if _PLACEHOLDER.search(address.lower()) or _ICONS.search(urlsplit_path(address)):
        return True
    words = re.findall(r"[^\W\d_]+", stem(address))
    told = {word for word in words if len(word) > 1}
    if told.isdisjoint(_STOCK_WORDS):
        return False
    own = {word for name in site_names for word in (*name.split(), name)}
    return all(word in _STOCK_WORDS or word in own for word in told)


def is_furniture(img: HtmlElement, address: str) -> bool:
    """Whether an img is an icon, a logo, a portrait or a pixel by size or name."""
    sizes = [_pixels(img.get(name)) for name in ("width", "height")]
    path = urlsplit_path(address)
    declared = _DECLARED.search(path)
    if declared is not None:
        sizes += [int(declared[1]), int(declared[2])]
    if any(0 < size < MIN_PIXELS for size in sizes):
        return True
    named = f"{names_of(img)} {path[-120:]}"
    return _FURNITURE.search(named.lower()) is not None


def _pixels(value: str | None) -> int:
    """Return a size attribute in pixels; 0 where it is none."""
    digits = (value or "").strip().removesuffix("px")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 0


def is_file(address: str) -> bool:
    """Whether an address is a picture's own, not a page's."""
    return _EXTENSION.search(urlsplit_path(address)) is not None
