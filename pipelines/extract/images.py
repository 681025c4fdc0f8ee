"""Material in, the lead image with its caption and credit out."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from archive.records import Image
from crawler.urls import join

from .claims import Claim, Witness
from .classes import roles
from .material import Material
from .survey import in_furniture, spine_of
from .titles import Headline
from .tree import names_of, select, text_of

_CREDIT = re.compile(
    r"\s*[|(\[]?\s*\b(?:(?:image|photo|picture|photograph)s?\s*(?:credit|by|"
    r"courtesy of)?"
    r"\s*:|(?:photo|image|picture)s?\s+(?:by|courtesy of)\b|credits?\s*:|"
    r"source\s*:|©)\s*(.+?)[)\]]?$",
    re.I,
)
_LAZY = ("data-src", "data-lazy-src", "data-original", "src")
_LICENCE = re.compile(
    r"\s*[/|,;(]\s*(?:CC[ -]?(?:BY|0)\b[^/|]*|creative commons\b.*|public domain)\)?$",
    re.I,
)
_BEFORE, _AFTER = 20, 60
"""How many elements around the headline a picture outside a figure may stand."""
_MIN_PIXELS = 120
_BESIDE_CHARS = 300
_MAX_CAPTION_CHARS = 1_000


def image(material: Material, title: Headline | None) -> Claim[Image] | None:
    """Return the lead image: the profile's, the stated one, else the first figure's."""
    figure = _figure(material, title)
    found = _address(material, figure)
    if found is None:
        return None
    caption, credit = _words(material, figure)
    shown = Image(url=found.value, caption=caption, credit=credit)
    return Claim(value=shown, witness=found.witness)


def _address(material: Material, figure: HtmlElement | None) -> Claim[str] | None:
    selected = select(material.root, material.profile.selectors.get("image", ()))
    stated: list[tuple[str, Witness]] = [(_source(e), "profile") for e in selected[:1]]
    stated += [
        (
            material.meta("og:image", "og:image:url", "og:image:secure_url"),
            "open graph",
        ),
        (material.linked.image, "json-ld"),
        (material.meta("twitter:image", "twitter:image:src"), "meta"),
    ]
    if figure is not None:
        stated.append((_source(figure), "html"))
    for href, witness in stated:
        url = join(material.page.url, href) if href else None
        if url:
            return Claim(value=url, witness=witness)
    return None


def _source(element: HtmlElement) -> str:
    """Return the address of an img, or of the first img inside an element."""
    img = element if element.tag == "img" else next(element.iter("img"), None)
    if img is None:
        return element.get("content") or element.get("href") or ""
    return next((v for n in _LAZY if (v := img.get(n)) and "data:" not in v[:5]), "")


def _figure(material: Material, title: Headline | None) -> HtmlElement | None:
    """Return the first figure with a picture that belongs to the article.

    A picture outside any figure stands for itself, unless its size is an icon's.
    """
    if title is None or title.element is None:
        return None
    spine = spine_of(title.element)
    for figure in list(material.root.iter("figure"))[:20]:
        if next(figure.iter("img"), None) is not None and not in_furniture(
            figure, spine
        ):
            return figure
    place = title.position - _BEFORE
    for position, element in enumerate(material.root.iter("*")):
        if position > title.position + _AFTER:
            return None
        if element.tag == "img" and position >= place and _is_picture(element, spine):
            return element
    return None


def _is_picture(img: HtmlElement, spine: frozenset[HtmlElement]) -> bool:
    """Whether an image is a picture of the article, not an icon, logo or portrait."""
    sizes = [int(v) for n in ("width", "height") if (v := img.get(n) or "").isdigit()]
    if any(size < _MIN_PIXELS for size in sizes) or in_furniture(img, spine):
        return False
    node = img
    while node is not None and node not in spine:
        if "byline" in roles(names_of(node)) or node.tag in ("header", "nav"):
            return False
        node = node.getparent()
    return bool(_source(img))


def _words(
    material: Material, figure: HtmlElement | None
) -> tuple[str | None, str | None]:
    """Return caption and credit, apart where the page shows them in one line."""
    selectors = material.profile.selectors
    caption = _first(select(material.root, selectors.get("caption", ())))
    credit = _first(select(material.root, selectors.get("credit", ())))
    if figure is not None and not caption:
        caption, own_credit = _captioned(figure)
        credit = credit or own_credit
    caption = caption or material.linked.caption
    credit = credit or material.linked.credit
    if caption and not credit:
        match = _CREDIT.search(caption)
        if match:
            caption, credit = caption[: match.start()].strip(" ."), match.group(1)
    credit = _LICENCE.sub("", credit).strip()
    return caption[:_MAX_CAPTION_CHARS] or None, credit or None


def _first(elements: list[HtmlElement]) -> str:
    return text_of(elements[0], 2000) if elements else ""


def _captioned(figure: HtmlElement) -> tuple[str, str]:
    """Return a figure's caption without the credit, and the credit."""
    caption = next(figure.iter("figcaption"), None)
    if caption is None and figure.tag == "img":
        caption = _beside(figure)
    if caption is None:
        return "", ""
    text = text_of(caption, 2000)
    for part in caption.iter("span", "small", "cite", "p", "div", "em"):
        if "credit" in roles(names_of(part)) or part.tag == "cite":
            credit = text_of(part, 500)
            if credit and credit != text:
                return text.replace(credit, "").strip(" |/-–"), _bare_credit(credit)
    return text, ""


def _beside(img: HtmlElement) -> HtmlElement | None:
    """Return the small box around a picture whose text is its caption."""
    for box in list(img.iterancestors("div", "p", "td", "table", "span"))[:4]:
        text = text_of(box, _MAX_CAPTION_CHARS)
        if text:
            return box if len(text) <= _BESIDE_CHARS else None
    return None


def _bare_credit(credit: str) -> str:
    match = _CREDIT.match(credit)
    return match.group(1) if match else credit
