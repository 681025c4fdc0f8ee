"""A page, its profile and its site's memory in; the article, or its anatomy, out.

A page is labelled without memory first: that is what it teaches of its site. Where
memory knows something of it, it is labelled once more with that.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.records import Article
from crawler.items import Page

from .fields import hinted
from .fields.titles import Headline, headline
from .learned.lesson import Cutting, Head, Lesson, lesson
from .learned.memory import NOTHING, Memory
from .learned.recall import described, recalled, relabel
from .lines.anatomy import Frame, dissect, frame_of
from .lines.dissection import Anatomy, parts
from .lines.layout import Layout
from .material import Material, gather
from .profile import SiteProfile, of_its_day
from .stated import Claims, article_of, claims_of, completed_by_text, known_of


def extract(
    page: Page, profile: SiteProfile, memory: Memory = NOTHING
) -> Article | None:
    """Cut the article out of a page; None only where the page holds no text at all.

    Args:
        page: The page as it was fetched.
        profile: What is known of its site.
        memory: What has been learned of its site.
    """
    return cutting(page, profile, memory).article


def cutting(page: Page, profile: SiteProfile, memory: Memory = NOTHING) -> Cutting:
    """Cut the article out of a page, and say what the page teaches of its site."""
    return _cut(page, profile, memory)[0]


def anatomy(page: Page, profile: SiteProfile, memory: Memory = NOTHING) -> Anatomy:
    """Label every line of a page; the article is what the labels say it is."""
    cut, layout = _cut(page, profile, memory)
    shown = tuple(parts(layout)) if layout is not None else ()
    return Anatomy(page=page, article=cut.article, parts=shown)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Opened:
    """A page that has been read."""

    material: Material
    title: Headline | None
    claims: Claims
    frame: Frame

    def article(self, claims: Claims) -> Article | None:
        """Label the lines that have no role yet, and put the article together."""
        dissect(self.frame, self.material, known_of(claims))
        return article_of(self.material, self.title, claims, self.frame.layout)


def _cut(
    page: Page, profile: SiteProfile, memory: Memory
) -> tuple[Cutting, Layout | None]:
    material = gather(page, of_its_day(profile, page.fetched_at))
    if material is None:
        return Cutting(article=None, lesson=None), None
    title = headline(material)
    claims, frame = claims_of(material, title), frame_of(material, title)
    if frame is None:
        bare = article_of(material, title, claims)
        whole = completed_by_text(bare, material, title) if bare else None
        return Cutting(article=whole, lesson=None), None
    opened = _Opened(material=material, title=title, claims=claims, frame=frame)
    article = opened.article(claims)
    if article is None:
        return Cutting(article=None, lesson=None), frame.layout
    taught = lesson(frame.layout, article, _head(material))
    article = _remembered(opened, article, taught, memory)
    whole = completed_by_text(article, material, title, frame.layout)
    return Cutting(article=whole, lesson=taught), frame.layout


def _head(material: Material) -> Head:
    """Return what the page's head says it is about."""
    told = hinted.descriptions(material)
    return Head(
        descriptions=tuple(claim.value for claim in told),
        agrees=hinted.agrees(material),
    )


def _remembered(
    opened: _Opened, article: Article, taught: Lesson, memory: Memory
) -> Article:
    """Return the article as it is with what is remembered of the site."""
    layout = opened.frame.layout
    found = recalled(layout, article, memory, taught.headline)
    if found.marks:
        relabel(layout, found)
        again = opened.article({**opened.claims, **found.claims})
        article = again or article
    return described(article, opened.material, opened.title, memory)
