"""An article with its links goes in; the lists of links beside it come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.full_article import FullArticle
from archive.link_graph import Linked, Linking, PageLink

HEADINGS = {
    "inline": "Linked in the text",
    "related": "Related, as the page lists them",
    "teaser": "Teasers on the page",
    "sponsored": "Sponsored links on the page",
}
"""Headings of the lists, in their order."""
MINOR = frozenset(("teaser", "sponsored"))
"""Roles of links that stand beside an article by chance or for money: folded away."""
WAYS = {
    "inline": "in its text",
    "related": "as related",
    "teaser": "as a teaser",
    "sponsored": "as sponsored",
}
"""How an article links to this one, for a reader."""
FIRST = 10
"""Lines of a list that are shown at once."""
MOST = 100
"""Lines of a list that are shown at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of a list: an archived article, or an address outside."""

    text: str
    """Headline of the article; of an address its anchor text."""
    article_id: int | None = None
    url: str = ""
    """Of an address outside; check its scheme before making it a link."""
    where: str = ""
    """Title of the article's site, empty where it is ours; or at which host it is."""
    published_on: str | None = None
    said: str = ""
    """How the link is worded, or where it stands, if that says more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkList:
    """Links of one kind."""

    heading: str
    shown: tuple[Line, ...]
    folded: tuple[Line, ...] = ()
    """Further lines, shown when they are asked for."""
    left_out: int = 0
    """Lines that are not shown at all."""
    is_minor: bool = False
    """Whether all of it is to be folded away."""
    is_all: bool = True
    """Whether there are no more than were counted."""

    @property
    def total(self) -> int:
        """Lines counted."""
        return len(self.shown) + len(self.folded) + self.left_out


def lists(found: FullArticle) -> list[LinkList]:
    """What the page links to, role by role, and what links to the article."""
    groups = list(_outgoing(found))
    links_here = list(_incoming(found))
    near = [one for one in groups if not one.is_minor]
    far = [one for one in groups if one.is_minor]
    return [*near, *links_here, *far]


def _outgoing(found: FullArticle) -> Iterator[LinkList]:
    roles: dict[str, list[PageLink]] = {role: [] for role in HEADINGS}
    for link in found.links:
        roles.setdefault(link.role, []).append(link)
    for role, links in roles.items():
        own = found.facts.publication
        lines = [_line(one, own) for one in links if _is_shown(one)]
        if lines:
            heading = HEADINGS.get(role, role.capitalize())
            yield _list(heading, dict.fromkeys(lines), is_minor=role in MINOR)


def _incoming(found: FullArticle) -> Iterator[LinkList]:
    near = [one for one in found.linking if one.role not in MINOR]
    far = [one for one in found.linking if one.role in MINOR]
    own = found.facts.publication
    for heading, part in (("Links here", near), ("Teasers that lead here", far)):
        if part:
            lines = [_linking(one, way, own) for way in part for one in way.articles]
            is_all = all(one.is_all for one in part)
            yield _list(heading, lines, is_minor=part is far, is_all=is_all)


def _list(
    heading: str, lines: Iterable[Line], *, is_minor: bool, is_all: bool = True
) -> LinkList:
    every = tuple(lines)
    first = MOST if is_minor else FIRST
    if len(every) == first + 1:
        first += 1  # no fold for a single line
    return LinkList(
        heading=heading,
        shown=every[:first],
        folded=every[first:MOST],
        left_out=max(0, len(every) - max(first, MOST)),
        is_minor=is_minor,
        is_all=is_all,
    )


def _is_shown(link: PageLink) -> bool:
    """A list is no related article; in the text it is what is pointed at."""
    return link.role == "inline" or link.target is not None or not link.is_list


def _line(link: PageLink, own: str) -> Line:
    if link.target is None:
        host = _host(link.url)
        where = f"at {host}" if host else ""
        return Line(text=link.text or link.url, url=link.url, where=where)
    said = link.text if link.role == "inline" else ""
    return _archived(link.target, own, said=f"as “{said}”" if said else "")


def _linking(one: Linked, way: Linking, own: str) -> Line:
    return _archived(one, own, said=WAYS.get(way.role, way.role))


def _archived(one: Linked, own: str, *, said: str) -> Line:
    return Line(
        text=one.headline,
        article_id=one.article_id,
        where=one.publication if one.publication != own else "",
        published_on=one.published_on,
        said=said,
    )


def _host(url: str) -> str:
    """The host of an address; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
