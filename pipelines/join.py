"""The cuts of an article's pages go in; one article comes out.

Its text is the first page's, followed by what each further page adds. What further
pages repeat (headline, standfirst, the first lines, a note at the end) and what tells
where in the article one is ("Page 2 of 3") is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from archive.records import Article, Block, Image, Rejection
from archive.remembered import Place, Trace
from crawler.items import Page
from pipelines.extract.learned.lesson import Cutting, Lesson
from pipelines.extract.text import key
from pipelines.grounds import problem

UNHEEDED = frozenset(["too short", "index page"])
"""Reasons that hold for an article as a whole, not for a page of it."""
LEAST_CHARS = 40
"""Length from which on a line that was on an earlier page is a repetition of it,
wherever it stands; shorter ones may occur twice in a text."""
LABEL_CHARS = 120
SHOWN = frozenset(["html", "microdata", "profile", "text"])
"""Witnesses of what a reader of the page sees."""

_PAGE = "page|pagina|página|seite|strona|sida|side|sivu|страница|halaman"
_NEXT = (
    "next|previous|prev|back|continue|weiter|zurück|nächste|vorherige|vorige|suivante?|"
    "précédente?|siguiente|anterior|successiva|precedente|volgende|próxima|nästa|neste|"
    "następna|poprzednia"
)
_PAGER = re.compile(
    rf"\W*(?:(?:{_NEXT})\W*)?(?:(?:{_PAGE})\W*)?\d{{1,2}}"
    rf"(?:\W*(?:of|von|de|sur|di|van|z|av)?\W*\d{{1,2}})*\W*(?:(?:{_NEXT})\W*)?"
    rf"(?:(?:{_PAGE})\W*)?|\W*(?:{_NEXT})\W+(?:{_PAGE})\b.*|"
    rf"\W*(?:{_PAGE})\W+(?:{_NEXT})\b.*|\W*(?:{_PAGE})\W+\d{{1,2}}\s*:.*|"
    rf"(?:lesen sie\b.*|weiter(?:lesen)?\W+)?auf (?:der )?(?:nächsten |folgenden )?"
    rf"(?:{_PAGE})\b.*|(?:continue[sd]?|read|more)\b.{{0,20}}\bon (?:the )?"
    rf"(?:next )?(?:{_PAGE})\b.*|次(?:の)?ページ.*",
    re.IGNORECASE,
)
_MARK = re.compile(
    rf"\W*\b(?:{_PAGE})\W{{0,2}}\d{{1,2}}\b.*|\W*[(\[]\d{{1,2}}(?:\s*/\s*\d{{1,2}})?[)\]]$",
    re.IGNORECASE,
)
_LABELS = ("paragraph", "subhead", "list_item", "numbered_item")


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """An article on several pages, put together."""

    cutting: Cutting
    refusals: tuple[Rejection | None, ...]
    """For each further page: why its text is not in the article; None if it is."""


def whole(first: Cutting, page: Page, cut: Callable[[Page], Cutting]) -> Whole:
    """Cut the further pages of an article and join what they add.

    Args:
        first: The cut of its first page.
        page: That page, with the further ones.
        cut: What cuts a page.
    """
    article = first.article
    if article is None or not article.blocks:
        return Whole(cutting=first, refusals=(None,) * len(page.parts))
    cuts = [cut(part) for part in page.parts]
    refusals = tuple(map(refusal, page.parts, cuts))
    taken = [c for c, no in zip(cuts, refusals, strict=True) if no is None]
    joined = join(article, [c.article for c in taken if c.article is not None])
    lesson = taught(first.lesson, taken)
    return Whole(cutting=Cutting(article=joined, lesson=lesson), refusals=refusals)


def refusal(part: Page, cut: Cutting) -> Rejection | None:
    """Why a further page adds nothing; None if its text is taken."""
    found = problem(part, cut.article)
    return None if found is None or found.reason in UNHEEDED else found


def taught(first: Lesson | None, parts: Iterable[Cutting]) -> Lesson | None:
    """What all pages of an article teach of its site, each line once."""
    if first is None:
        return None
    lessons = [cut.lesson for cut in parts if cut.lesson is not None]
    fields = (Place.HEADLINE, Place.STANDFIRST)
    more = {t for one in lessons for t in one.traces if t.place not in fields}
    traces = {*first.traces, *more}
    return replace(first, traces=tuple(sorted(traces, key=_order)))


def _order(trace: Trace) -> tuple[int, int]:
    return trace.line, trace.place


def join(article: Article, parts: Sequence[Article]) -> Article:
    """Put the pages of an article together; its fields are those of its first page."""
    pages = [_unlabelled(p) for p in (article, *(_headed(article, p) for p in parts))]
    tail = _shared_tail(pages)
    known = {key(text) for text in (article.headline, article.standfirst) if text}
    blocks: list[Block] = []
    images: list[Image] = []
    for page in pages:
        own = range(len(page.blocks) - len(tail))
        kept = [*own] if page is pages[0] else _new(page.blocks[: len(own)], known)
        added = _only(page, kept)
        images += (
            replace(image, after_block=image.after_block + len(blocks))
            for image in added.images
        )
        blocks += added.blocks
        known |= {key(block.text) for block in page.blocks}
    return replace(
        article,
        blocks=(*blocks, *tail),
        images=_each_once(images, article.image),
        links=tuple(dict.fromkeys(link for page in pages for link in page.links)),
        notices=tuple(dict.fromkeys(note for page in pages for note in page.notices)),
        tags=article.tags or next((page.tags for page in pages if page.tags), ()),
        authors=article.authors or next((p.authors for p in pages if p.authors), ()),
    )


def _each_once(images: Iterable[Image], lead: Image | None) -> tuple[Image, ...]:
    """Each picture where it stands first; the lead image is none of them."""
    found: dict[str, Image] = {}
    for image in images:
        found.setdefault(image.url, image)
    return tuple(i for url, i in found.items() if lead is None or url != lead.url)


def _only(page: Article, kept: Sequence[int]) -> Article:
    """A page with some of its blocks; its pictures stand where they stood."""
    images = tuple(
        replace(image, after_block=sum(n < image.after_block for n in kept))
        for image in page.images
    )
    return replace(page, blocks=tuple(page.blocks[n] for n in kept), images=images)


def _unlabelled(page: Article) -> Article:
    """A page without the lines that only say which page it is."""
    kept = [n for n, block in enumerate(page.blocks) if not _is_label(block)]
    return _only(page, kept)


def _headed(article: Article, part: Article) -> Article:
    """A further page with its own title and introduction as part of its text.

    Some sites give each page of a long article a title; it stands over the page's text
    as a subhead does.
    """
    blocks = part.blocks
    standfirst = part.standfirst
    if standfirst and part.sources.get("standfirst") in SHOWN:
        blocks = (Block(kind="paragraph", text=standfirst), *blocks)
    title, headline = (key(_MARK.sub("", a.headline)) for a in (part, article))
    is_own = title and title not in headline and headline not in title
    is_new = title not in {key(block.text) for block in blocks}
    if is_own and is_new and part.sources.get("headline") in SHOWN:
        blocks = (Block(kind="subhead", text=part.headline, level=2), *blocks)
    added = len(blocks) - len(part.blocks)
    images = tuple(replace(i, after_block=i.after_block + added) for i in part.images)
    return replace(part, blocks=blocks, images=images)


def _shared_tail(pages: Sequence[Article]) -> tuple[Block, ...]:
    """The last blocks of the first page that end every page: they end the article."""
    if len(pages) < 2:
        return ()
    length = 0
    for ends in zip(*(reversed(page.blocks) for page in pages), strict=False):
        if len({key(block.text) for block in ends}) > 1:
            break
        length += 1
    return pages[0].blocks[len(pages[0].blocks) - length :]


def _new(blocks: Sequence[Block], known: set[str]) -> list[int]:
    """Numbers of the blocks that a page adds to what is known from those before."""
    kept: list[int] = []
    for number, block in enumerate(blocks):
        is_repeated = key(block.text) in known
        if not is_repeated or (kept and len(block.text) < LEAST_CHARS):
            kept.append(number)
    return kept


def _is_label(block: Block) -> bool:
    """Whether a block only says which page this is, or what comes on another one."""
    if block.kind not in _LABELS or len(block.text) > LABEL_CHARS:
        return False
    return bool(_PAGER.fullmatch(block.text))
