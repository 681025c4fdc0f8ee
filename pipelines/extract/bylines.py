"""Material and headline in, the bylines that the page shows to its readers out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from .people import is_full_name, people
from .survey import Sight, in_furniture
from .text import fold
from .titles import Headline
from .tree import names_of, text_of

AUTHOR_PAGE = re.compile(
    r"/(?:authors?|by|autor(?:en|es|a)?|contributors?|journalists?|reporters?|staff|"
    r"people|person|profile?s?|profiel|columnists?|auteurs?|autori|writers?|users?|"
    r"members?|redakt(?:eur|ion)[\w-]*|autoren-und-redaktion|skribenter?)/[^/]|"
    r"/@[\w.-]+/?$|[?&](?:author|uid|user)=|viewprofile|/user(?:info|-uebersicht)\b",
    re.I,
)
_POSTS_BY = re.compile(
    r"^(?:(?:view |see |all |show )*(?:posts|articles|stories) (?:by|from)|"
    r"(?:zeige )?(?:alle )?(?:beiträge|artikel|posts) von|articles de|"
    r"voir tous les articles de|entradas de|ver todas las entradas de)\b",
    re.I,
)
SHARED = re.compile(
    r"shar(?:e|er|ing)\b|/intent/|facebook|twitter|//x\.com|linkedin|instagram|"
    r"mastodon|bsky|whatsapp|pinterest|youtube|mailto:",
    re.I,
)
"""Links to networks and their buttons: their texts are no names."""
_MORE = re.compile(
    r"(?:view|see|show|read|zeige|alle?|more|mehr|weitere|zum|zur|go to|visit|voir|ver|"
    r"about|follow)\b",
    re.I,
)
"""The beginning of a link's text that invites and does not name."""
_WORD = (
    r"(?!(?:Reviewed|Edited|Checked|Updated|Translated|Published|Posted)\b)"
    r"[^\W\d_a-z][\w.'’\-]*"
)
_PARTICLE = r"(?:de|van|von|der|den|la|le|di|da|al|bin|du|del|v\.)"
_AGENCY = (
    r"(?:Reuters|Bloomberg|Xinhua|AFP|AP|PA|PTI|dpa|APA|epd|KNA|SDA|EFE|ANSA)"
    r"\b(?!['’-]|\s(?!(?:and|und|et)\b)\w)"
)
"""News agencies of one word; of other single words a line does not tell a name."""
_NAME = rf"(?:{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{1,3}}|{_AGENCY})"
_NAMES = rf"{_NAME}(?:(?:\s*,\s*|\s*/\s*|\s+(?:and|und|et|y|og|och|en|e|&)\s+){_NAME})*"
BY = re.compile(r"\b(?:by|von|par|por|av|af|door|di|text|words|autor\w*)\b", re.I)
BY_NAMES = re.compile(
    r"^(?:[^.!?]{0,60}\d{4}[^.!?\w]{0,5}|"
    r"(?:[Ww]ritten|[Pp]osted|[Rr]eported|[Rr]esearched|(?:An\s+|Ein\s+)?"
    r"[Ii]nterview|(?:Ein\s+|Eine\s+)?(?:[Bb]eitrag|[Kk]ommentar|[Aa]nalyse|[Rr]eportage|"
    r"[Gg]astbeitrag|[Ee]ssay|Bericht|Kolumne))\s+)?"
    rf"(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|Door|Di|Av|Af)\b:?\s+({_NAMES})"
)
LABELLED = re.compile(
    r"^\W*(?:(?:[Tt]ext(?:\s+(?:und|&)\s+(?:[Ff]otos?|Bilder?))?|TEXT|[Rr]edaktion|"
    r"[Tt]ekst|[Ww]ords|[Aa]uthors?|[Cc]ontributors?|AUTHORS?|[Aa]uteure?s?|"
    r"[Ff]orfatter)\s*:|"
    r"(?:[Aa]utor(?:in|en|:in|\*in|in/Autor|es|a)?|AUTOR(?:IN)?|"
    r"(?:[Tt]his\s+(?:post|article|story)\s+was\s+)?[Ww]ritten\s+by|"
    r"[Ww]ords\s+by|[Vv]erfasser(?:in)?|[Ss]tory\s+by|[Rr]eported\s+by)\s*:?)"
    rf"\s+({_NAMES})\s*(?:[,|(/·–-].*|)\W*$"
)
LABEL = re.compile(
    r"^\W*(?:text|autor(?:in|en|:in|\*in|in/autor|es|a)?|(?:post )?authors?|"
    r"contributors?|(?:written|posted|words|story)"
    r"\s+by|by|von|par|por|auteurs?|verfasser(?:in)?|forfatter)\s*:?\s*$",
    re.I,
)
_INSIDE = re.compile(
    r"\b(?:Text|Autor(?:in|en)?|Autorin/Autor|Authors?|Auteur|Written by):?\s*:\s*"
    rf"({_NAMES})(?=\s+\w+:|\s*$|\s*[|·•(])"
)
"""A labelled name among the other facts of a block."""
_CREDIT = re.compile(
    r"^\W*(?:(?:medically |fact[ -]?)?(?:reviewed|checked|edited|updated|translated|"
    r"photos?|fotos?|images?|illustrations?|video)\s*(?:by|:|von)|editors?\s*:)",
    re.I,
)
"""A label for people who did not write the article."""
_META = re.compile(
    r"author|autor|auteur|byline|avatar|meta|info|credit|publish|posted|poster|date|details|"
    r"person|user|writer|submitted|source|quelle|origin|kuerzel|signature",
    re.I,
)
_PERSON = re.compile(
    r"author|autor|auteur|byline|user-?name|usersname|poster|person|writer|credit|"
    r"signature|kuerzel",
    re.I,
)
_NOT_PERSON = re.compile(
    r"categor|tag|topic|section|rubri|kicker|caption|related|share|nav|breadcrumb|"
    r"comment|menu|button|btn|title|reviewer|editor",
    re.I,
)
_NO_BYLINE = re.compile(
    r"image|img|photo|foto|bild|figure|video|gallery|quote|copyright|external|sidebar|"
    r"share|sharing|twitter|btn|button|subscri|teaser|related|menu|footer",
    re.I,
)
"""Names of elements, around a short text, in which no byline stands."""
_SECTION_LINK = re.compile(
    r"/(?:categor(?:y|ies)|tags?|topics?|sections?|kategorien?|themen?|rubrik\w*|search)"
    r"\b|[?&](?:cat|tag|s)=",
    re.I,
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2}\b|\b\d{1,2}\s+min\b"
)
"""A date, or how long an article takes to read."""
_COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.I)
_SEPARATED = re.compile(r"\s*[|·•–—/,\n]\s*|\s+-\s+|\s+@\s+")
_BREAKS = frozenset({"br", "p", "div", "ul", "li", "table", "h2", "h3", "time"})
_BEFORE, _AFTER = 14, 90
"""How many elements before and after the headline a byline may stand."""
LONG_TEXT = 170
"""Of two texts this long the second is the article's: no byline comes after it."""
_MAX_BYLINE_CHARS = 250


@dataclass(frozen=True, kw_only=True, slots=True)
class _Piece:
    """One string beside the headline and the element that it belongs to."""

    text: str
    owner: HtmlElement


def names_in(element: HtmlElement) -> list[str]:
    """Return the texts of a byline's element that hold its names.

    Links to people's pages first; then what a byline says before any link; then
    links of more than a word; then strings that are names each, else all of it.
    """
    links = [(a, text_of(a, 200)) for a in element.iter("a")]
    persons = [t for a, t in links if t and _leads_to_person(a) and not _MORE.match(t)]
    text = text_of(element, 600)
    if (labelled := _INSIDE.search(text)) is not None and not persons:
        return [labelled.group(1)]
    if persons:
        return _writers(persons, text)
    if links:
        start = text.partition(links[0][1])[0] if links[0][1] else ""
        if any(is_full_name(n) for n in people([start], frozenset())):
            return [text]
        longer = [t for _, t in links if len(t.split()) > 1 and not _MORE.match(t)]
        if longer:
            return longer
    strings = [fold(t) for t in element.itertext() if t.strip()]
    return strings if _are_names(strings) else [text]


def _writers(persons: list[str], text: str) -> list[str]:
    """Return those who stand before a label for editors and reviewers."""
    found = re.search(r"\b(?:reviewed|checked|edited|translated)\s+by\b", text, re.I)
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
        or _POSTS_BY.match(link.get("title") or "") is not None
    )


def marked(sights: list[Sight], title: Headline | None) -> list[str]:
    """Return the byline nearest to the headline among elements named as one."""
    place = title.position if title else -1
    near = sorted(sights, key=lambda s: (s.position < place, abs(s.position - place)))
    for sight in near:
        text = text_of(sight.element, 600)
        if text and len(text) <= _MAX_BYLINE_CHARS:
            return names_in(sight.element)
    return []


class Surroundings:
    """What stands around the headline, walked once and asked several questions."""

    __slots__ = ("_pieces", "_spine")

    def __init__(self, title: Headline | None, spine: frozenset[HtmlElement]) -> None:
        heading = title.element if title else None
        self._spine = spine
        self._pieces = [] if heading is None else list(_pieces(heading))

    def linked(self) -> list[str]:
        """Return the links beside the headline that lead to an author's page."""
        found: list[str] = []
        credit = False
        for piece in self._pieces:
            credited, credit = credit, _CREDIT.match(piece.text) is not None
            if found and credit:
                break
            element = piece.owner
            link = element if element.tag == "a" else element.getparent()
            if credited or link is None or link.tag != "a":
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
            label = LABEL.match(piece.text) is not None
        return []

    def told(self) -> list[str]:
        """Return the names that lines of facts beside the headline hold."""
        for place, piece in enumerate(self._pieces):
            if _is_elsewhere(piece.owner) or len(piece.text) > 120:
                continue
            names = _among_facts(piece.text) or _alone(piece)
            if names and not in_furniture(piece.owner, self._spine):
                return names + self._alike(place)
        return []

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


def _may_name(text: str) -> bool:
    """Whether a link's text is as short as a name and not only an invitation."""
    invites = _MORE.match(text) is not None and _POSTS_BY.match(text) is None
    return 1 <= len(text.split()) <= 5 and not invites


def _stated_names(line: str) -> str:
    """Return the names of a line that begins with "By" or a label; else nothing."""
    if len(line) > 300 or not BY.search(line[:90]):
        return ""
    match = BY_NAMES.match(line) or LABELLED.match(line)
    return match.group(1) if match else ""


def _line(piece: _Piece) -> str:
    """Return a string with what its element goes on to say on the same line."""
    owner = piece.owner
    if piece.text != fold(owner.text or "") or not len(owner):
        return piece.text
    said: list[str] = [owner.text or ""]
    for child in owner:
        if child.tag in _BREAKS:
            break
        said += [*child.itertext(), child.tail or ""]
    return fold("".join(said))[:400]


def _among_facts(text: str) -> list[str]:
    """Return the names in a line that holds a date or a role beside them."""
    parts = [part for part in _SEPARATED.split(text) if part]
    if len(parts) < 2 or not _DATE.search(text) or _COPYRIGHT.search(text):
        return []
    return [part for part in parts if is_full_name(part) and not part.isupper()][:3]


def _alone(piece: _Piece) -> list[str]:
    """Return a name that stands alone in an element for the facts of an article."""
    text, owner = piece.text.removesuffix(" in").strip(" |·•–-,:"), piece.owner
    if " " not in text:
        named = names_of(owner)
    elif is_full_name(text):
        named = _names_around(owner)
    else:
        return []
    wanted = _META if " " in text else _PERSON
    if not wanted.search(named) or _NO_BYLINE.search(_names_around(owner)):
        return []
    return [text]


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
        _NOT_PERSON.search(names_of(element)) is not None
        or _SECTION_LINK.search(href) is not None
        or element.tag in ("button", "h1", "h2", "h3", "figcaption", "option", "label")
    )


def _pieces(heading: HtmlElement) -> Iterator[_Piece]:
    """Yield the strings after the heading to the first paragraph, then those before."""
    paragraphs = 0
    for count, (element, text) in enumerate(_after(heading)):
        paragraphs += len(text) > LONG_TEXT
        if count > 2 * _AFTER or paragraphs > 1:
            break
        if text:
            yield _Piece(text=text, owner=element)
    node: HtmlElement | None = heading
    for _ in range(_BEFORE):
        node = None if node is None else _previous(node)
        if node is None or node.tag in ("body", "head"):
            return
        if isinstance(node.tag, str) and (text := fold(node.text or "")):
            yield _Piece(text=text[:400], owner=node)


def _after(heading: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield what follows a heading in document order, with the element it is in."""
    node: HtmlElement | None = heading
    while node is not None:
        parent = node.getparent()
        if parent is None or node.tag == "body":
            return
        if node.tail:
            yield parent, fold(node.tail[:1000])
        for sibling in node.itersiblings():
            yield from _within(sibling)
            if sibling.tail:
                yield parent, fold(sibling.tail[:1000])
        node = parent


def _within(element: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the strings inside an element, in order, with the element each is in."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            yield node, fold((node.text or "")[:1000])
        elif node is not element and node.tail:
            parent = node.getparent()
            yield (node if parent is None else parent), fold(node.tail[:1000])


def _previous(node: HtmlElement) -> HtmlElement | None:
    """Return the element before a node in document order, innermost last one first."""
    before = node.getprevious()
    if before is None:
        return node.getparent()
    while len(before):
        before = before[-1]
    return before
