"""A picture's element goes in; the caption, credit and licence beside it come out."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from ..classes import roles
from ..tree import names_of, text_of
from . import licences
from .captioned import captioned
from .pictures import Picture

NOTHING = Picture()
_PARTS = ("span", "small", "cite", "p", "div", "em", "i", "a", "strong", "li", "b")
_CREDIT_PROPS = frozenset(
    {"copyrightholder", "credittext", "creator", "author", "copyrightnotice"}
)
_OWNED = ("data-credit", "data-copyright", "data-author", "data-photographer",
          "data-image-credit")  # fmt: skip
_DESCRIBED = ("data-caption", "data-image-caption", "data-title")
_BOXES = ("div", "p", "td", "table", "span", "a", "center", "li", "section", "tbody",
          "tr", "dl", "dt", "picture", "source", "noscript", "amp-img")  # fmt: skip
_CLIMB = 5
"""So many boxes around a picture may be its frame."""
_FRAME_CHARS = 300
"""Text that a frame without a name holds at most."""
_UNDER_CHARS = 200
_CREDIT_WORDS = 15
_LEAST_WORDS = 3
"""Fewer words beside a picture are a label, unless something marks them."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_RIGHTS = re.compile(
    r"^\W*(?:all rights reserved|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos reservados|tutti i diritti riservati|"
    r"todos os direitos reservados)\W*$",
    re.I,
)
_LINE_TAGS = frozenset({"p", "div", "span", "small", "em", "i", "figcaption", "center"})
MAX_CHARS = 1_000


def words_of(img: HtmlElement, lines: Container[str] = ()) -> Picture:
    """Return what stands beside a picture, by its markup or by its words.

    Args:
        img: The picture.
        lines: The article's own lines; without a mark or a credit they are no captions.
    """
    figure = next(img.iterancestors("figure"), None)
    shown = NOTHING
    if figure is not None:
        shown = _of_figure(figure)
    if shown == NOTHING:
        shown = _of_frame(img, lines)
    told = _attributes(img)
    return shown if told is NOTHING else filled(shown, told)


def read(caption: HtmlElement | None, credit: HtmlElement | None) -> Picture:
    """Read a caption's and a credit's elements, which may be one inside the other."""
    text = text_of(caption, 2 * MAX_CHARS) if caption is not None else ""
    own = text_of(credit, MAX_CHARS) if credit is not None else ""
    if _is_empty(own):
        own = ""
    licence = None
    for element in (caption, credit):
        if element is not None and (deed := _deed(element)) is not None:
            licence = deed.licence
            text, own = _without(text, deed.text), _without(own, deed.text)
    if own and own != text:
        text = text.replace(own, " ", 1).strip(" |/-–—·•\xa0")
    elif own:
        text = ""
    return merged(captioned(text), captioned(own), licence)


def merged(shown: Picture, owned: Picture, licence: str | None = None) -> Picture:
    """Join a caption with a credit that was marked as one.

    What is marked as a credit and says much is a caption after all.
    """
    told = owned.caption or ""
    is_long = len(told.split()) > _CREDIT_WORDS
    credit = owned.credit or ("" if is_long else told) or shown.credit
    caption = shown.caption or (told if is_long else "")
    return Picture(
        caption=caption[:MAX_CHARS] or None,
        credit=(credit or "")[:MAX_CHARS] or None,
        licence=owned.licence or shown.licence or licence,
    )


def filled(shown: Picture, other: Picture) -> Picture:
    """Fill what one witness does not say from another."""
    return Picture(
        caption=shown.caption or other.caption,
        credit=shown.credit or other.credit,
        licence=shown.licence or other.licence,
    )


def _of_figure(figure: HtmlElement) -> Picture:
    caption = next(figure.iter("figcaption"), None)
    if caption is None:
        caption = next(_named(figure, "caption"), None)
    credit = next(_owners(figure if caption is None else caption), None)
    if credit is None:
        credit = next(_owners(figure), None)
    if caption is None and credit is None:
        text = text_of(figure, 2 * MAX_CHARS)
        return captioned(text) if len(text) <= _FRAME_CHARS else NOTHING
    return read(caption, credit)


def _of_frame(img: HtmlElement, lines: Container[str]) -> Picture:
    """Read the small box around a picture, or what stands right under it."""
    for box in _frames(img):
        text = text_of(box, MAX_CHARS)
        if not text:
            under = box.getnext()
            if under is not None and _is_line(under):
                return _of_line(under)
            continue
        if len(text) > _FRAME_CHARS and not _is_frame(box):
            return NOTHING
        caption = next(_named(box, "caption"), None)
        credit = next(_owners(box), None)
        if caption is None and credit is None:
            return _unnamed(box, text, text in lines)
        return read(caption, credit)
    return NOTHING


def _unnamed(box: HtmlElement, text: str, is_text: bool) -> Picture:
    """Read the text beside a picture that nothing marks as its caption.

    Args:
        box: The box around both.
        text: What it says.
        is_text: Whether that is a line of the article.
    """
    if len(text) > _FRAME_CHARS or next(box.iter(*_HEADINGS), None) is not None:
        return NOTHING
    shown = captioned(text)
    told = shown.credit or shown.licence
    if told or (len(text.split()) >= _LEAST_WORDS and not is_text):
        return shown
    return NOTHING


def _frames(img: HtmlElement) -> Iterator[HtmlElement]:
    """Yield a picture and the boxes around it that hold no other picture."""
    yield img
    for number, box in enumerate(img.iterancestors()):
        others = (one for one in box.iter("img") if one is not img)
        if number >= _CLIMB or box.tag not in _BOXES or next(others, None) is not None:
            return
        yield box


def _is_frame(box: HtmlElement) -> bool:
    return (
        re.search(r"caption|figure|image|photo|media", names_of(box), re.I) is not None
    )


def _is_line(element: HtmlElement) -> bool:
    """Whether what stands under a picture is its caption by name or by its words."""
    if element.tag not in _LINE_TAGS or element.find(".//img") is not None:
        return False
    text = text_of(element, MAX_CHARS)
    if not text:
        return False
    if {"caption", "credit"} & roles(names_of(element)):
        return True
    return len(text) <= _UNDER_CHARS and captioned(text).credit is not None


def _of_line(line: HtmlElement) -> Picture:
    """Read a line under a picture, and the line under that where it is a credit."""
    hints = roles(names_of(line))
    below = line.getnext()
    if "credit" in hints and "caption" not in hints:
        if below is not None and "caption" in roles(names_of(below)):
            return read(below, line)
        inner = next(_named(line, "caption"), None)
        return read(inner, line)
    owner = next(_owners(line), None)
    if owner is None and below is not None and "credit" in roles(names_of(below)):
        owner = below
    return read(line, owner)


def _named(box: HtmlElement, role: str) -> Iterator[HtmlElement]:
    """Yield the elements in a box whose names hint at a role."""
    for part in box.iter(*_PARTS):
        if part is not box and role in roles(names_of(part)) and text_of(part, 10):
            yield part


def _owners(box: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements in a box that hold a credit."""
    for part in box.iter(*_PARTS):
        prop = (part.get("itemprop") or "").lower()
        named = "credit" in roles(names_of(part))
        marked = named or part.tag == "cite" or prop in _CREDIT_PROPS
        if part is not box and marked and not _is_empty(text_of(part, _UNDER_CHARS)):
            yield part


def _is_empty(credit: str) -> bool:
    """Whether a credit names nobody."""
    return not credit or _RIGHTS.match(credit) is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Deed:
    """A link to a licence."""

    licence: str
    """As printed if the link's text is its name, else the short form of its deed."""
    text: str


def _deed(element: HtmlElement) -> _Deed | None:
    """Return the licence that an element links to."""
    for anchor in element.iter("a"):
        text = text_of(anchor, 200)
        deed = licences.of_address(anchor.get("href") or "")
        marked = "license" in (anchor.get("rel") or "").split()
        named = licences.of_text(text) if deed or marked else None
        if named or deed:
            return _Deed(licence=named or deed or "", text=text)
    return None


def _without(text: str, part: str) -> str:
    """Take a part out of a text, with the marks that set it off."""
    before, found, after = text.partition(part) if part else (text, "", "")
    if not found:
        return text
    return f"{before.rstrip(' ,;/|(–-')} {after.lstrip(' ,;/|)–-')}".strip()


def _attributes(img: HtmlElement) -> Picture:
    """Read the attributes in which galleries keep captions and credits."""
    caption = next((v for n in _DESCRIBED if (v := img.get(n))), "")[: 2 * MAX_CHARS]
    credit = next((v for n in _OWNED if (v := img.get(n))), "")[:MAX_CHARS]
    if not caption and not credit:
        return NOTHING
    if "<" in caption:
        caption = re.sub(r"<[^<>]*>", " ", caption)
    return merged(captioned(" ".join(caption.split())), captioned(credit.strip()))
