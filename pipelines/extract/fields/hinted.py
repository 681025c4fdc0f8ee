"""What routes and the page's head say an article is about in, its standfirst out.

For pages that show no standfirst themselves. A summary that a program has made of the
text's first words is none: it ends in dots, or its words are the body's.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from ..claims import ROUTE_WITNESS, Claim, Witness
from ..material import Material
from ..text import field, key, number
from .titles import Headline

_ROUTES = ("wordpress", "feed", "section")
"""Routes that carry summaries, in the order in which they are believed."""
_CUT = re.compile(
    r"(?:\[?\s*(?:…|\.{3,}|&hellip;)\s*\]?|\[\s*\+?\d* ?\w*\s*\])\s*[→»>]*$"
)
_CALL = re.compile(
    r"\s*(?:(?:continue|keep) reading|read (?:more|on|the (?:full|rest))|"
    r"(?:weiterlesen|mehr lesen|lire la suite|leer más|seguir leyendo|leggi tutto|"
    r"lees verder|läs mer)|"
    r"the post\b.{1,300}?\b(?:appeared first|first appeared) on)\b.{0,300}$",
    re.I,
)
_ENDED = re.compile(r"[.!?。！？][\"'”’»)\]]*$")
"""How a description ends that was not cut at a number of characters."""
_MIN_WORDS, _MAX_CHARS = 4, 600
_RUN = 3
"""Words in a row that are looked for in the body."""
_REPEATED = 0.5
"""From this share of its runs in the body on, a summary was made of the body."""
_LEAST_COMMON = 0.25
"""Below this share of common words a description is of the site, not the article."""
_WORD_CHARS = 4


def standfirst(
    material: Material, title: Headline | None, lines: Sequence[str]
) -> Claim[str] | None:
    """Return the first route's summary that somebody wrote as such.

    Args:
        material: The page.
        title: Its headline, which is no standfirst.
        lines: The texts of the body's blocks.
    """
    told = [
        (hint.summary, ROUTE_WITNESS[hint.route])
        for name in _ROUTES
        for hint in material.page.hints
        if hint.route == name and hint.summary
    ]
    body = _words(lines) if told else []
    for summary, witness in told:
        text = written(summary, title, body)
        if text:
            return Claim(value=text, witness=witness)
    return None


def described(
    material: Material,
    title: Headline | None,
    lines: Sequence[str],
    repeated: Container[int] | None = None,
) -> Claim[str] | None:
    """Return the description in the page's head where it is of this very article.

    It is shown by search engines, not on the page; whoever measures what a page shows
    leaves out a standfirst of these witnesses: "open graph", "meta" and "json-ld".

    Args:
        material: The page.
        title: Its headline.
        lines: The texts of the body's blocks.
        repeated: Numbers of the descriptions that several of the site's pages carry,
            as site memory knows them. None where nothing is known of the site: then a
            description must share words with the article.
    """
    told = [claim for claim in descriptions(material) if _ENDED.search(claim.value)]
    body = _words(lines) if told else []
    known = set(body) | set(key(title.text).split() if title else ())
    for claim in told:
        text = written(claim.value, title, body)
        if not text or number(text) in (repeated or ()):
            continue
        if repeated is not None or _is_about(text, known):
            return Claim(value=text, witness=claim.witness)
    return None


def agrees(material: Material) -> bool | None:
    """Whether a route's summary is the description in the page's head.

    Where it is on every page of a site that has both, the site's descriptions are its
    standfirsts, also on the pages that no feed names any more.

    Returns:
        None where the page has not both, or the summary is cut.
    """
    summaries = {
        key(text)
        for hint in material.page.hints
        if hint.summary and (text := written(hint.summary, None, ()))
    }
    described_as = {key(claim.value) for claim in descriptions(material)}
    if not summaries or not described_as:
        return None
    return not summaries.isdisjoint(described_as)


def descriptions(material: Material) -> list[Claim[str]]:
    """Return what the head says the page is about, structured data first."""
    meta = material.meta
    stated: tuple[tuple[str, Witness], ...] = (
        (material.linked.description, "json-ld"),
        (meta("og:description"), "open graph"),
        (meta("description", "dc.description", "twitter:description"), "meta"),
    )
    return [
        Claim(value=field(text), witness=witness) for text, witness in stated if text
    ]


def _words(lines: Sequence[str]) -> list[str]:
    return key(" ".join(lines)).split()


def written(summary: str, title: Headline | None, body: Sequence[str]) -> str | None:
    """Return a summary as a standfirst; None where it is no sentence of its own.

    Args:
        summary: Plain text or markup, as a route or the head states it.
        title: The headline.
        body: The words of the body, as `text.key` spells them.
    """
    text = field(summary)
    text = _CALL.sub("", text).strip()
    if not text or len(text) > _MAX_CHARS or _CUT.search(text):
        return None
    own = key(text).split()
    if len(own) < _MIN_WORDS or (title and " ".join(own) == key(title.text)):
        return None
    return None if _is_made_of(own, body) else text


def _is_made_of(own: Sequence[str], body: Sequence[str]) -> bool:
    """Whether most runs of words are the body's too."""
    runs = [tuple(own[i : i + _RUN]) for i in range(len(own) - _RUN + 1)]
    wanted = set(runs)
    held = {
        run
        for i in range(len(body) - _RUN + 1)
        if (run := tuple(body[i : i + _RUN])) in wanted
    }
    return sum(run in held for run in runs) >= _REPEATED * len(runs)


def _is_about(text: str, known: set[str]) -> bool:
    """Whether enough of the longer words of a description are the article's too."""
    long = {word for word in key(text).split() if len(word) >= _WORD_CHARS}
    return bool(long) and len(long & known) >= _LEAST_COMMON * len(long)
