"""The article's lines in, the roles of those that show by words or place what they are.

Lines that have a role already are left as they are; nothing is ever taken back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from ..dated.eventdays import event_dates
from ..text import key
from ..tree import names_of
from .boxed import HOLDERS
from .known import Known, is_head, is_same, names_only
from .layout import Leaf, LineRole, mark
from .phrases import (
    BIOGRAPHY,
    CONTRIBUTORS,
    DATELINE,
    ENDING,
    LINK_LEAD,
    OF_SOMEBODY,
    ORIGIN,
    OTHER_EVENTS,
    RELATED_LABEL,
    TAIL,
    TEASER_LABEL,
    said,
)

OVER_EVENTS = "after a heading over other events"
"""The rule of lines that are sure to be none of the article's, however many."""
_LABEL_CHARS = 60
_POINTING = frozenset({"related", "teaser", "sponsored"})
_PAID = re.compile(r"sponsor|promoted|anzeige|partner", re.I)
_LEAD_LINE_CHARS = 250
_LINKED = 0.7
"""Share of links at which a line after a label belongs to it."""
_LEADS = 0.5
"""Share of links at which a line that begins so leads elsewhere."""
_EVENT_LINES = 4
"""So near below a heading over events is the link to the first one."""
_SUBHEAD_CHARS = 90
_NO_SUBHEAD_END = ".,;:!?…”\"')"
_HEAD_LINES = 7
"""How many lines at the top may be headline, byline and the like."""
_HEAD_CHARS = 130
_FIELD_LINES = 30
"""How many lines above the ground may hold fields of the article."""
_TAIL_LINES = 5
_TAIL_CHARS = 300
_BIO_CHARS = 800
_ARTICLE_CHARS = 400
_ENDING_SHARE = 0.6
"""Share of the running text that stands before a heading which ends the article."""
_ECHO_CHARS = 400
_PULLED = re.compile(r"pull|quote-?(?:box|card|teaser)|highlight-?quote", re.I)
_PULL_BOXES = 3
_AROUND_ECHO = "\"'“”„‘’«»‹› .,…"


def read_phrases(leaves: Sequence[Leaf]) -> None:
    """Mark lines whose words say what they are."""
    for leaf in leaves:
        if leaf.role:
            continue
        told = said(leaf.text)
        if told is not None:
            mark([leaf], *told)
        elif _leads_elsewhere(leaf):
            mark([leaf], "related", "leads elsewhere")


def _leads_elsewhere(leaf: Leaf) -> bool:
    """Whether a line is a pointer to another article: "Read more: …"."""
    if leaf.chars > _LEAD_LINE_CHARS or leaf.linked < _LEADS * leaf.chars:
        return False
    return LINK_LEAD.match(leaf.text) is not None


def find_related(leaves: Sequence[Leaf]) -> None:
    """Mark a label such as "Related content" and the links that follow it."""
    for number, leaf in enumerate(leaves):
        if leaf.role or leaf.chars > _LABEL_CHARS or not RELATED_LABEL.match(leaf.text):
            continue
        run = [leaf]
        for other in leaves[number + 1 :]:
            if other.role or other.linked < _LINKED * other.chars:
                break
            run.append(other)
        after = leaves[number + 1 : number + 2]
        if len(run) > 1 or (after and after[0].role in _POINTING):
            mark(run, _announced(leaf.text), "links after a label")


def _announced(label: str) -> LineRole:
    """What the links are that follow a label."""
    if _PAID.search(label):
        return "sponsored"
    return "teaser" if TEASER_LABEL.match(label) else "related"


def promote(leaves: Sequence[Leaf]) -> None:
    """Make a subhead of a line that is bold as a whole and ends no sentence."""
    for leaf in leaves[:-1]:
        if (
            leaf.bold
            and leaf.kind == "paragraph"
            and 3 <= leaf.chars <= _SUBHEAD_CHARS
            and leaf.text[-1] not in _NO_SUBHEAD_END
            and (leaf.broken or leaf.box.tag == "p")
        ):
            leaf.kind, leaf.level = "subhead", 2


def find_ending(leaves: Sequence[Leaf]) -> None:
    """Mark a heading that ends the article, and everything after it."""
    whole = sum(leaf.running for leaf in leaves if not leaf.role)
    seen = 0
    for number, leaf in enumerate(leaves):
        if leaf.role:
            continue
        seen += leaf.running
        if seen and _heads_events(leaves, number):
            mark(leaves[number:], "related", OVER_EVENTS)
            return
        if leaf.chars > _LABEL_CHARS or seen < _ENDING_SHARE * whole:
            continue
        if not (leaf.kind == "subhead" or leaf.bold or leaf.box.tag in HOLDERS):
            continue
        related = RELATED_LABEL.match(leaf.text)
        if related or ENDING.match(leaf.text):
            rule = "after a heading that ends the article"
            mark(leaves[number:], _announced(leaf.text) if related else "nav", rule)
            return


def _heads_events(leaves: Sequence[Leaf], number: int) -> bool:
    """Whether a line is a heading over other events that lead to their own pages."""
    leaf = leaves[number]
    if leaf.kind != "subhead" or not OTHER_EVENTS.match(leaf.text):
        return False
    below = leaves[number + 1 : number + 1 + _EVENT_LINES]
    return any(one.role in _POINTING for one in below)


def find_next_article(leaves: Sequence[Leaf], known: Known) -> None:
    """Mark what follows the headline of another article, loaded below this one.

    Pages that use first-level headings as subheads have several of them.
    """
    headline = key(known.headline)
    heads = [n for n, x in enumerate(leaves) if x.box.tag == "h1" and not x.role]
    others = [n for n in heads if key(leaves[n].text) != headline]
    if not others or not headline:
        return
    number = others[0]
    place = leaves[number].box.parent
    if any(leaf.running and leaf.box.parent is place for leaf in leaves[:number]):
        return  # a subhead among the paragraphs
    alone = len(others) == 1 and len(heads) <= 2
    above = sum(leaf.running for leaf in leaves[:number] if not leaf.role)
    if above >= _ARTICLE_CHARS and (alone or _are_apart(leaves, others)):
        mark(leaves[number:], "teaser", "after another article's headline")


def _are_apart(leaves: Sequence[Leaf], heads: Sequence[int]) -> bool:
    """Whether the headlines all stand in articles that the first line is not in."""
    first = frozenset(leaves[0].box.chain())
    return all(
        any(b.tag == "article" and b not in first for b in leaves[n].box.chain())
        for n in heads
    )


def find_head(leaves: Sequence[Leaf], known: Known) -> None:
    """Mark headline, standfirst, byline and dateline at the top."""
    headline, standfirst = key(known.headline), key(known.standfirst)
    names = {key(name) for name in known.authors}
    top = [leaf for leaf in leaves if not leaf.role][:_HEAD_LINES]
    start = 0
    for number, leaf in enumerate(top):
        if headline and is_same(leaf.text, headline):
            start = number + 1
        elif leaf.chars > _HEAD_CHARS:
            break
    for leaf in top[:start]:
        same = is_same(leaf.text, headline)
        rule = "headline" if same else "above the headline"
        mark([leaf], "headline" if same else "nav", rule)
    events = frozenset(event_dates([leaf.text for leaf in top]))
    for number, leaf in enumerate(top[start:], start):
        if standfirst and is_same(leaf.text, standfirst):
            mark([leaf], "standfirst", "the standfirst")
        elif number not in events and is_head(leaf.text, leaf.kind, standfirst, names):
            mark([leaf], "byline", "byline or date")


def find_fields(leaves: Sequence[Leaf], known: Known) -> None:
    """Mark headline, standfirst and byline above the article's ground."""
    headline, standfirst = key(known.headline), key(known.standfirst)
    names = {key(name) for name in known.authors}
    for leaf in leaves[-_FIELD_LINES:]:
        if headline and is_same(leaf.text, headline):
            mark([leaf], "headline", "headline")
        elif standfirst and is_same(leaf.text, standfirst):
            mark([leaf], "standfirst", "the standfirst")
        elif _is_field(leaf, standfirst, names):
            mark([leaf], "byline", "byline or date")


def _is_field(leaf: Leaf, standfirst: str, names: set[str]) -> bool:
    """Whether a line is a byline or a date; of lines with links only a byline."""
    if leaf.linked:
        return leaf.chars <= _HEAD_CHARS and names_only(leaf.text, names)
    return is_head(leaf.text, leaf.kind, standfirst, names)


def find_tail(leaves: Sequence[Leaf], known: Known) -> None:
    """Mark what closes the page, not the article: notices, contributors, lives."""
    kept = [leaf for leaf in leaves if not leaf.role]
    for _ in range(_TAIL_LINES):
        if len(kept) < 3 or not (_closes(kept[-1], known) or _introduces(kept)):
            break
        kept.pop()
    while kept and kept[-1].kind == "subhead":
        mark([kept.pop()], "nav", "subhead over nothing")


def _closes(leaf: Leaf, known: Known) -> bool:
    """Mark a last line if it is none of the article's; say whether it was."""
    short = leaf.chars < _TAIL_CHARS
    if RELATED_LABEL.match(leaf.text) or (short and TAIL.match(leaf.text)):
        mark([leaf], "nav", "closes the page")
    elif short and leaf.linked and ORIGIN.match(leaf.text):
        mark([leaf], "related", "leads to where the text came from")
    elif short and CONTRIBUTORS.match(leaf.text):
        mark([leaf], "byline", "names contributors")
    elif short and _is_mailbox(leaf):
        mark([leaf], "nav", "leads to a mailbox")
    elif leaf.text[0].isalpha() and _is_dateline(leaf.text):
        mark([leaf], "byline", "says when it was published")
    elif leaf.chars < _BIO_CHARS and _is_bio(leaf.text, known):
        mark([leaf], "byline", "says who an author is")
    return leaf.role != ""


def _introduces(kept: Sequence[Leaf]) -> bool:
    """Mark a last line that says who somebody is whom the text does not speak of."""
    last = kept[-1]
    found = BIOGRAPHY.match(last.text) if last.chars < _BIO_CHARS else None
    if found is None or last.kind != "paragraph":
        return False
    surname = found[1].split()[-1]
    if any(surname in leaf.text for leaf in kept[:-1]):
        return False
    mark([last], "byline", "says who somebody is whom the text does not name")
    return True


def _is_mailbox(leaf: Leaf) -> bool:
    """Whether a line is nothing but a link to write, without the address."""
    if leaf.linked < _LINKED * leaf.chars or "@" in leaf.text:
        return False
    return all(href.startswith("mailto:") for href, _ in leaf.links)


def _is_dateline(text: str) -> bool:
    line = text.rstrip(" .")
    return DATELINE.match(line) is not None and is_head(line, "paragraph", "", set())


def _is_bio(text: str, known: Known) -> bool:
    return any(
        text.startswith(name) and OF_SOMEBODY.match(text[len(name) :]) is not None
        for name in known.authors
        if len(name) > 4
    )


def find_echoes(leaves: Sequence[Leaf]) -> None:
    """Mark pull-quotes: lines named so that another line holds word for word.

    A quotation or a sentence that is repeated without such a name is the author's.
    """
    body = [leaf for leaf in leaves if not leaf.role]
    named: dict[int, bool] = {}
    for leaf in body:
        if leaf.chars > _ECHO_CHARS or not _is_pulled(leaf, named):
            continue
        words = leaf.text.strip(_AROUND_ECHO).casefold()
        others = (other.text.casefold() for other in body if other is not leaf)
        if words and any(words in other for other in others):
            mark([leaf], "quote", "repeats a line of the text")


def _is_pulled(leaf: Leaf, named: dict[int, bool]) -> bool:
    """Whether one of the boxes next to a line is named as a pull-quote.

    Args:
        leaf: The line.
        named: By the index of each box that has been asked: whether it is.
    """
    for box in islice(leaf.box.chain(), _PULL_BOXES):
        if box.index not in named:
            named[box.index] = bool(_PULLED.search(names_of(box.element)))
        if named[box.index]:
            return True
    return False
