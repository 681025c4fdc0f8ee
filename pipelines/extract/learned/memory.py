"""What a site's pages show in, what of it is the site's own out; keeps nothing.

A line that many articles of a site hold is the site's, not the article's; a line that
stands apart and is another article's headline or standfirst is a teaser. How many are
many depends on the articles published in the same days: so a template's lines are
learned in its own era. What is learned depends on the set of pages only, never on
their order; pipelines/remember.py keeps it in the archive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from archive.remembered import HABIT, Holder, Place, Verdict

from ..text import key, number
from .lesson import Lesson

LEAST_ARTICLES = 3
"""Different articles that must hold a line before it is taken for the site's."""
LEAST_SHARE_POINTING = 0.01
"""Of the articles of the same days, where it mostly points somewhere."""
LEAST_APART, LEAST_SHARE_APART = 4, 0.2
"""The same where it mostly stands in a box of its own."""
LEAST_SHARE_RUNNING = 0.5
"""The same for any other line: a paragraph that explains a long story is in many
articles of it, and theirs; so are an interview's questions and "The points are:"."""
LEAST_SHARE_DESCRIBING = 0.1
"""Of all articles, that have the same description in the head: it is the site's."""
LEAST_SHARE_CARRYING = 0.1
"""Of the articles of the same days, that carry a field at the same path."""
LEAST_AGREED, MOST_DISAGREED = 5, 0.05
"""On so many articles a route's summary and the description in the head are the same,
and on hardly any they are not: then such descriptions are standfirsts."""
LEAST_WORDS = 4
"""A teaser has as many; shorter headlines are words that any text may use."""
LEAST_AROUND = 40
"""At least so many articles are looked at, if the site has them."""


Held = tuple[int, int]
"""An article's id and the number of its headline."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """What has been learned of a site from its own pages."""

    furniture: Mapping[int, int] = field(default_factory=dict)
    """Number of a line that is the site's, and how many articles hold it."""
    teasers: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Number of a line that teases, and the numbers of the headlines it belongs to."""
    paths: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """For "standfirst" and "byline": at which paths the site's pages carry it, and how
    many articles do."""
    describes: bool = False
    """Whether the description in a page's head is its standfirst."""
    version: int = 0
    """Grows whenever something else is learned; 0 where nothing has been."""

    def why(
        self, text: str, headline: int
    ) -> tuple[Literal["nav", "teaser"], str] | None:
        """What a line is and why; None if nothing is known of it.

        Args:
            text: The line.
            headline: Number of the headline of its page.
        """
        if not self.furniture and not self.teasers:
            return None
        line = number(text)
        if line in self.furniture:
            articles = self.furniture[line]
            return "nav", f"the same on {articles} articles of the site"
        if self.teasers.get(line, frozenset()) - {headline} and is_telling(text):
            return "teaser", "the words of another article of the site"
        return None


NOTHING = Memory()


def is_telling(text: str) -> bool:
    """Whether a line has enough words to be known as another article's by them."""
    return len(key(text).split()) >= LEAST_WORDS


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """On which days a site's articles were published."""

    days: Sequence[str]
    """Of each article whose day is known, in order."""
    articles: int
    """All of them."""

    def around(self, first: str | None, last: str | None) -> int:
        """How many articles were published from one day to another, at least.

        Where they are few, the nearest ones count too; of undated ones all are meant.
        """
        if first is None or last is None:
            return self.articles
        low, high = bisect_left(self.days, first), bisect_right(self.days, last)
        return max(high - low, min(LEAST_AROUND, self.articles))


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """What a line is, and on what grounds."""

    verdict: Verdict
    articles: int
    first_on: str | None
    last_on: str | None


def judge(line: int, holders: Iterable[Holder], calendar: Calendar) -> Opinion:
    """Judge a line, or HABIT, by the articles that show it."""
    placed: dict[Place, set[Held]] = defaultdict(set)
    days = set()
    for holder in holders:
        placed[holder.place].add((holder.article, holder.title))
        if holder.on is not None and holder.place < Place.HEADLINE:
            days.add(holder.on)
    if line == HABIT:
        return _habit(placed)
    first, last = (min(days), max(days)) if days else (None, None)
    described = count(placed[Place.DESCRIPTION])
    apart = placed[Place.APART] | placed[Place.POINTER]
    verdict: Verdict = "text"
    least_described = LEAST_SHARE_DESCRIBING * calendar.articles
    is_described = described >= max(LEAST_ARTICLES, least_described)
    if is_described or _repeats(placed, calendar.around(first, last)):
        verdict = "nav"
    elif _teases(apart, placed[Place.HEADLINE] | placed[Place.STANDFIRST]):
        verdict = "teaser"
    articles = count(apart | placed[Place.RUNNING] | placed[Place.SUBHEAD])
    return Opinion(
        verdict=verdict,
        articles=max(articles, described),
        first_on=first,
        last_on=last,
    )


def count(held: set[Held]) -> int:
    """How many articles these are: neither revisions nor copies count again."""
    return min(len({article for article, _ in held}), len({title for _, title in held}))


def judge_path(path: str, holders: Iterable[Holder], calendar: Calendar) -> Opinion:
    """Judge a path by the articles that carry a field there.

    Args:
        path: As `fieldpaths.fields_at` writes it.
        holders: The articles.
        calendar: All articles of the site.
    """
    held = list(holders)
    days = sorted(one.on for one in held if one.on is not None)
    first, last = (days[0], days[-1]) if days else (None, None)
    articles = count({(one.article, one.title) for one in held})
    around = calendar.around(first, last)
    name = path.partition(": ")[0]
    known = articles >= LEAST_AGREED and articles >= LEAST_SHARE_CARRYING * around
    verdict: Verdict = "byline" if name == "byline" else "standfirst"
    return Opinion(
        verdict=verdict if known else "text",
        articles=articles,
        first_on=first,
        last_on=last,
    )


def _habit(placed: Mapping[Place, set[Held]]) -> Opinion:
    """Judge whether descriptions are standfirsts by the articles that have both."""
    agreed, disagreed = count(placed[Place.AGREED]), count(placed[Place.DISAGREED])
    holds = agreed >= LEAST_AGREED and disagreed <= MOST_DISAGREED * agreed
    return Opinion(
        verdict="standfirst" if holds else "text",
        articles=count(placed[Place.DESCRIPTION]),
        first_on=None,
        last_on=None,
    )


def _repeats(placed: Mapping[Place, set[Held]], around: int) -> bool:
    """Whether so many of the articles around hold a line that it is the site's."""
    pointing = placed[Place.POINTER]
    apart = pointing | placed[Place.APART]
    held = apart | placed[Place.RUNNING] | placed[Place.SUBHEAD]
    articles = count(held)
    if 2 * count(placed[Place.SUBHEAD]) > articles:
        return False  # over text it is the article's, however often the site uses it
    if 2 * count(pointing) >= articles:
        least, share = LEAST_ARTICLES, LEAST_SHARE_POINTING
    elif 2 * count(apart) >= articles:
        least, share = LEAST_APART, LEAST_SHARE_APART
    else:
        least, share = LEAST_ARTICLES, LEAST_SHARE_RUNNING
    return articles >= least and articles >= share * around


def _teases(holders: set[Held], owners: set[Held]) -> bool:
    """Whether an article holds apart what is another one's."""
    return any(
        article != other and title != theirs
        for article, title in holders
        for other, theirs in owners
    )


def by_field(paths: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Sort paths, each with its number of articles, by the fields that they carry."""
    found: dict[str, dict[str, int]] = {}
    for told, articles in sorted(paths.items()):
        name, _, path = told.partition(": ")
        found.setdefault(name, {})[path] = articles
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Taught:
    """A lesson and the day of its article."""

    lesson: Lesson
    on: str | None


def learn(taught: Iterable[Taught]) -> Memory:
    """Return what a site's pages teach, each cut without memory."""
    pages = list(taught)
    holders: dict[int, list[Holder]] = defaultdict(list)
    owners: dict[int, set[int]] = defaultdict(set)
    carried: dict[str, list[Holder]] = defaultdict(list)
    for article, page in enumerate(pages):
        title = page.lesson.headline
        for trace in page.lesson.traces:
            holder = Holder(article=article, title=title, place=trace.place, on=page.on)
            holders[trace.line].append(holder)
            if trace.place in (Place.HEADLINE, Place.STANDFIRST):
                owners[trace.line].add(title)
        for path in page.lesson.paths:
            if path.startswith("lacks "):
                continue
            holder = Holder(
                article=article, title=title, place=Place.RUNNING, on=page.on
            )
            carried[path].append(holder)
    days = sorted(page.on for page in pages if page.on is not None)
    calendar = Calendar(days=days, articles=len(pages))
    paths = {path: judge_path(path, held, calendar) for path, held in carried.items()}
    judged = {
        line: judge(line, held, calendar) for line, held in sorted(holders.items())
    }
    return Memory(
        paths=by_field(
            {p: o.articles for p, o in paths.items() if o.verdict != "text"}
        ),
        describes=HABIT in judged and judged[HABIT].verdict == "standfirst",
        furniture={n: o.articles for n, o in judged.items() if o.verdict == "nav"},
        teasers={
            n: frozenset(owners[n]) for n, o in judged.items() if o.verdict == "teaser"
        },
    )
