"""Material and headline in, the bylines that the page shows to its readers out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from lxml.html import HtmlElement

from ..fields.titles import Headline
from ..survey import Sight, in_furniture
from ..text import fold, once
from ..tree import names_of, text_of
from .byline_words import (
    AUTHOR_PAGE,
    BREAKS,
    BY_NAMES,
    COPYRIGHT,
    CREDIT,
    DATE,
    EDITED,
    INSIDE,
    LABEL,
    LABELLED,
    MAX_BYLINE_CHARS,
    META,
    MORE,
    NAME_CLASS,
    NO_BYLINE,
    NOT_PERSON,
    PERSON,
    PICTURE,
    POSTED,
    POSTS_BY,
    SECTION_LINK,
    SEPARATED,
    SHARED,
    may_label,
)
from .people import is_full_name, is_surely_person, people
from .pieces import Piece, pieces_by

_MOST_BESIDE_NAME = 60
"""Most characters of a date, labels and marks beside a name."""
_PICTURE_DEPTH = 5
"""How many elements, from the innermost one, may say that they are a picture's."""


def names_in(element: HtmlElement) -> list[str]:
    """Return the texts of a byline's element that hold its names.

    Links to people's pages first; then what a byline says before any link; then
    links of more than a word; then strings that are names each, else all of it.
    """
    links = [(a, text_of(a, 200)) for a in element.iter("a")]
    persons = [t for a, t in links if t and _leads_to_person(a) and not MORE.match(t)]
    text = text_of(element, 600)
    if (labelled := INSIDE.search(text)) is not None and not persons:
        return [labelled.group(1)]
    if persons:
        return _writers(persons, text)
    named = [t for t in map(text_of, _named(element)) if is_full_name(t)]
    if named:
        return named
    if links:
        start = text.partition(links[0][1])[0] if links[0][1] else ""
        if any(is_full_name(n) for n in people([start], frozenset())):
            return [start if _leads_to_section(links[0][0]) else text]
        longer = [
            t
            for a, t in links
            if len(t.split()) > 1 and not MORE.match(t) and not _leads_to_section(a)
        ]
        if longer:
            return longer
        if all(_leads_to_section(a) for a, t in links if t):
            return [_without(text, [t for _, t in links])]
    strings = [fold(t) for t in element.itertext() if t.strip()]
    return strings if _are_names(strings) else [text]


def _without(text: str, others: list[str]) -> str:
    """Return a text without the texts of links in it."""
    for other in filter(None, others):
        text = text.replace(other, " ", 1)
    return fold(text)


def _named(element: HtmlElement) -> list[HtmlElement]:
    """Return the elements in a byline whose class says that they hold a name."""
    return [
        e
        for e in element.iter("div", "span", "p", "a", "strong", "h3", "h4")
        if e is not element and NAME_CLASS.search(e.get("class") or "")
    ]


def _leads_to_section(link: HtmlElement) -> bool:
    """Whether a link leads to a section or a tag."""
    rels = (link.get("rel") or "").lower().split()
    return "tag" in rels or SECTION_LINK.search(link.get("href") or "") is not None


def _writers(persons: list[str], text: str) -> list[str]:
    """Return those who stand before a label for editors and reviewers."""
    found = EDITED.search(text)
    before = text[: found.start()] if found else text
    writers = [name for name in persons if name in before]
    if not writers and any(map(is_full_name, people([before], frozenset()))):
        return [before]
    return writers or persons


def _are_names(strings: list[str]) -> bool:
    """Whether a byline's strings are a name each, so that no comma is needed."""
    return len(strings) > 1 and all(is_full_name(string) for string in strings)


def _leads_to_person(link: HtmlElement) -> bool:
    """Whether a link leads to a page about its author."""
    href = link.get("href") or ""
    return (
        (AUTHOR_PAGE.search(href) is not None and SHARED.search(href) is None)
        or "author" in (link.get("rel") or "").lower().split()
        or POSTS_BY.match(link.get("title") or "") is not None
    )


def in_picture(element: HtmlElement) -> bool:
    """Whether an element stands in a picture's caption or names its maker."""
    node: HtmlElement | None = element
    for _ in range(_PICTURE_DEPTH):
        if node is None:
            return False
        if node.tag in ("figure", "figcaption") or _is_pictured(names_of(node)):
            return True
        node = node.getparent()
    return False


@once
def _is_pictured(names: str) -> bool:
    """Whether the class and id names of an element are of a picture's facts."""
    return PICTURE.search(names) is not None


def marked(
    sights: Iterable[Sight], title: Headline | None, is_usable: Callable[[Sight], bool]
) -> list[str]:
    """Return the byline nearest to the headline among elements named as one.

    Args:
        sights: The elements.
        title: The headline.
        is_usable: Which of the elements may hold the article's byline.
    """
    place = title.position if title else -1
    near = sorted(sights, key=lambda s: (s.position < place, abs(s.position - place)))
    for sight in filter(is_usable, near):
        text = text_of(sight.element, 600)
        if text and len(text) <= MAX_BYLINE_CHARS:
            return names_in(sight.element)
    return []


class Surroundings:
    """What stands around the headline, walked once and asked several questions."""

    __slots__ = ("_pieces", "_spine")

    def __init__(self, title: Headline | None, spine: frozenset[HtmlElement]) -> None:
        heading = title.element if title else None
        self._spine = spine
        self._pieces = [] if heading is None else list(pieces_by(heading))

    def linked(self) -> list[str]:
        """Return the links beside the headline that lead to an author's page."""
        found: list[str] = []
        text_before = ""
        for piece in self._pieces:
            label, text_before = text_before, piece.text
            if found and CREDIT.match(piece.text):
                break
            element = piece.owner
            link = element if element.tag == "a" else element.getparent()
            if link is None or link.tag != "a":
                continue
            if CREDIT.match(label) or in_picture(link):
                continue
            text = text_of(link, 200) if _leads_to_person(link) else ""
            if _may_name(text) and text not in found:
                found.append(text)
        return found[:6]

    def written(self) -> list[str]:
        """Return the first line beside the headline that says by whom it is."""
        label = False
        for piece in self._pieces:
            names = _stated_names(_line(piece))
            if names:
                return [names]
            if label and people([piece.text], frozenset()):
                return [piece.text]
            if posted := posted_by(piece.text):
                return [posted]
            label = LABEL.match(piece.text) is not None
        return []

    def told(self) -> list[str]:
        """Return the names that lines of facts beside the headline hold."""
        for place, piece in enumerate(self._pieces):
            if len(piece.text) > 120:
                continue
            names = [*_among_facts(piece.text)] or _alone(piece) or _dated(piece)
            if names and not self._is_of_others(piece.owner):
                return names + self._alike(place)
        return []

    def _is_of_others(self, element: HtmlElement) -> bool:
        return _is_elsewhere(element) or in_furniture(element, self._spine)

    def _alike(self, place: int) -> list[str]:
        """Return the names that stand in elements of the same kind just after one."""
        first = self._pieces[place].owner
        kind = (first.tag, first.get("class"))
        return [
            piece.text
            for piece in self._pieces[place + 1 : place + 12]
            if (piece.owner.tag, piece.owner.get("class")) == kind
            and piece.owner is not first
            and is_full_name(piece.text)
        ]


@once
def _may_name(text: str) -> bool:
    """Whether a link's text is as short as a name and not only an invitation."""
    invites = MORE.match(text) is not None and POSTS_BY.match(text) is None
    return 1 <= len(text.split()) <= 5 and not invites


@once
def _stated_names(line: str) -> str:
    """Return the names of a line that begins with "By" or a label; else nothing."""
    if len(line) > 300 or not may_label(line):
        return ""
    match = BY_NAMES.match(line) or LABELLED.match(line)
    return match.group(1) if match else ""


def _line(piece: Piece) -> str:
    """Return a string with what its element goes on to say on the same line."""
    owner = piece.owner
    if not len(owner) or piece.text != fold(owner.text or ""):
        return piece.text
    said: list[str] = [owner.text or ""]
    for child in owner:
        if child.tag in BREAKS:
            break
        said += [*child.itertext(), child.tail or ""]
    return fold("".join(said))[:400]


@once
def _among_facts(text: str) -> tuple[str, ...]:
    """Return the names in a line that holds a date or a role beside them."""
    parts = [part for part in SEPARATED.split(text) if part]
    if len(parts) < 2 or not DATE.search(text) or COPYRIGHT.search(text):
        return ()
    found = [part for part in parts if is_full_name(part) and not part.isupper()]
    return tuple(found[:3])


def _alone(piece: Piece) -> list[str]:
    """Return a name that stands alone in an element for the facts of an article."""
    text, owner = piece.text.removesuffix(" in").strip(" |·•–-,:"), piece.owner
    if " " not in text:
        named = names_of(owner)
    elif is_full_name(text):
        named = _names_around(owner)
    else:
        return []
    wanted = META if " " in text else PERSON
    if (
        not named
        or not wanted.search(named)
        or MORE.match(text)
        or NO_BYLINE.search(_names_around(owner))
    ):
        return []
    return [text]


def _dated(piece: Piece) -> list[str]:
    """Return a name that stands in an element of its own beside a date and no more."""
    name = piece.text.strip(" |·•–-,:")
    if not is_surely_person(name):
        return []
    links = [e for e in (piece.owner, *piece.owner.iterancestors("a")) if e.get("href")]
    if not all(map(_leads_to_person, links)):
        return []
    for box in islice(piece.owner.iterancestors(), 3):
        text = text_of(box, 200)
        if len(text) > len(name) + _MOST_BESIDE_NAME:
            return []
        if DATE.search(text):
            return [name]
    return []


@once
def posted_by(text: str) -> str:
    """Return the name of one word by whom a line says that it was posted; else ""."""
    found = POSTED.match(text) if len(text) < 300 else None
    return (found.group(1) or found.group(2)) if found else ""


def _names_around(element: HtmlElement) -> str:
    """Return the class and id names of an element and of the two around it.

    A portrait's address counts as one: it stands beside an author's name.
    """
    around = [element, *list(element.iterancestors())[:2]]
    data = [v[:60] for k, v in element.attrib.items() if k.startswith("data-")]
    portraits = [img.get("src") or "" for e in around[:2] for img in e.findall("img")]
    faces = ["avatar" for src in portraits if "avatar" in src]
    return " ".join([*(names_of(e) for e in around), *data, *faces])


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether an element names a section, a tag or a picture's maker."""
    href = element.get("href") or ""
    return (
        NOT_PERSON.search(names_of(element)) is not None
        or SECTION_LINK.search(href) is not None
        or element.tag in ("button", "h1", "h2", "h3", "figcaption", "option", "label")
    )
