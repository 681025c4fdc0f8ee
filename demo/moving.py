"""The newsroom and a title's moves in; its articles in each of its content systems out.

Townhall Circuit has had three systems: at first its pages had numbers, then slugs, then
another system gave them dated addresses and another template. `MovedArticle` holds one
article through all of them, and is the ground truth of the moves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from demo.addresses import section_slug
from demo.awkward import Awkward, awkward_articles
from demo.edition import local
from demo.model import Article, Block, Phase
from demo.newsroom import newsroom

Era = Literal["numbered", "slugs", "dated"]
ERAS: tuple[Era, ...] = get_args(Era)
Answers = Literal["redirects", "gone", "home", "both", "mixed"]
ANSWERS: tuple[Answers, ...] = get_args(Answers)
MIXED: tuple[Answers, ...] = ("redirects", "gone", "home", "both")
MOVING = "townhall"
"""The title that moves."""
PHASES: dict[Era, Phase] = {"numbered": "first", "slugs": "first", "dated": "second"}
"""What a system shows of the newsroom: the news of the second phase came after it."""
IMPORTED = datetime(2023, 11, 4, 2, 17, tzinfo=UTC)
"""When the newest system says that it changed all that it took over."""
FIRST_POST = 3560
POST_STEP = 10
"""Ids of the newest system: some of them were numbers of other articles before."""
SHORTENED = 4
"""Words of a slug that an editor cut short during the move."""
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """The systems that the title has had so far, and what became of old addresses."""

    eras: tuple[Era, ...] = ("slugs",)
    """The oldest first, the one that it has now at the end."""
    answers: Answers = "redirects"
    """What the addresses of earlier systems answer. redirects: 301 to the new address;
    gone: 404; home: 302 to the home page; both: still the old page, which names the
    new address as its canonical one; mixed: one of these, by the article."""
    usual: int | None = None
    """How many articles it has of those that nothing befalls, the newest; None: all."""

    def __post_init__(self) -> None:
        known = [ERAS.index(era) for era in self.eras if era in ERAS]
        if not known or known != sorted({*known}) or len(known) < len(self.eras):
            raise UnknownMoveError("eras", ",".join(self.eras), ERAS)
        if self.answers not in ANSWERS:
            raise UnknownMoveError("answers", self.answers, ANSWERS)

    @property
    def now(self) -> Era:
        """The system that the title has."""
        return self.eras[-1]

    def answer_of(self, article: MovedArticle) -> Answers:
        """What the old addresses of one article answer."""
        return MIXED[article.number % 4] if self.answers == "mixed" else self.answers


class UnknownMoveError(ValueError):
    """A move through systems that do not exist, or not in this order."""

    def __init__(self, field: str, given: str, known: tuple[str, ...]) -> None:
        self.field = field
        self.given = given
        super().__init__(f"{field} {given!r}: use some of {', '.join(known)}, in order")


@dataclass(frozen=True, kw_only=True, slots=True)
class MovedArticle:
    """One article of the title that moves."""

    number: int
    """Its number in the first system, which it has kept as long as that one ran."""
    shown: Mapping[Era, Article]
    """How it stands in each system; absent where that one does not show it."""
    awkward: Awkward | None
    """Why it is hard to recognise; None for most."""

    @property
    def is_new(self) -> bool:
        """Whether it came after the last move."""
        return "slugs" not in self.shown

    @property
    def is_dropped(self) -> bool:
        """Whether the newest system does not have it."""
        return "dated" not in self.shown

    @property
    def is_edited(self) -> bool:
        """Whether its text was changed during the last move."""
        new = self.shown.get("dated")
        return not self.is_new and new is not None and new.correction is not None

    def path(self, era: Era) -> str | None:
        """Its canonical path in a system; None where that one does not have it."""
        return self.shown[era].path if era in self.shown else None

    def old_paths(self, move: Move) -> tuple[str, ...]:
        """Its paths in the systems before the present one, the newest of them first."""
        before = [
            self.shown[era] for era in reversed(move.eras[:-1]) if era in self.shown
        ]
        paths = [path for one in before for path in (one.path, *one.aliases)]
        return tuple(dict.fromkeys(paths))


def write_moves(file: Path, move: Move) -> int:
    """Write where each article was and is, as JSON Lines; returns their number.

    Each line has its old paths with the newest first, the new one, and whether it is
    new, dropped, edited or awkward.
    """
    rows = [
        {
            "number": one.number,
            "old": one.old_paths(move),
            "new": one.path(move.now),
            "answers": move.answer_of(one),
            "is_new": one.is_new and move.now == "dated",
            "is_dropped": one.is_dropped and move.now == "dated",
            "is_edited": one.is_edited and move.now == "dated",
            "awkward": one.awkward,
        }
        for one in moved_articles(move)
        if one.path(move.now) or one.old_paths(move)
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def moved_articles(move: Move | None = None) -> tuple[MovedArticle, ...]:
    """Every article of the title that moves, oldest first."""
    made = _all()
    if move is None or move.usual is None:
        return made
    plain = [
        one.number for one in made if not (one.awkward or one.is_edited or one.is_new)
    ]
    left = {*plain[: len(plain) - move.usual]}
    return tuple(one for one in made if one.number not in left)


@cache
def _all() -> tuple[MovedArticle, ...]:
    usual = [one for one in newsroom().articles if one.site == MOVING]
    odd = awkward_articles(usual)
    whole = sorted([*usual, *odd], key=lambda one: (one.published, one.number))
    plain = [one for one in usual if not (one.dup_of or one.correction)]
    reasons = {number: reason for number, (reason, _) in _reasons(plain).items()}
    reasons.update({one.number: reason for one, reason in odd.items()})
    reasons.update({one.number: "copy" for one in usual if one.dup_of})
    return tuple(
        _moved(one, FIRST_POST + POST_STEP * place, reasons.get(one.number))
        for place, one in enumerate(whole)
    )


def _reasons(plain: list[Article]) -> dict[int, tuple[Awkward, Article]]:
    """What befalls some usual articles during the move."""
    old = [one for one in plain if one.phase == "first"]
    chosen: dict[Awkward, list[Article]] = {
        "dropped": [old[4], old[-6]],
        "slug": [old[8], old[-12]],
    }
    return {one.number: (name, one) for name, found in chosen.items() for one in found}


def _moved(article: Article, post: int, reason: Awkward | None) -> MovedArticle:
    shown: dict[Era, Article] = {}
    if article.phase == "first":
        shown["numbered"] = _numbered(article)
        shown["slugs"] = _plain(article)
    if reason != "dropped":
        shown["dated"] = _dated(article, post, is_shortened=reason == "slug")
    return MovedArticle(number=article.number, shown=shown, awkward=reason)


def _numbered(article: Article) -> Article:
    number = article.aliases[0]
    return replace(_plain(article), path=number, aliases=(number,))


def _plain(article: Article) -> Article:
    """The article as the old systems set it: with straight quotation marks."""
    picture = article.picture
    return replace(
        article,
        headline=_straight(article.headline),
        standfirst=article.standfirst and _straight(article.standfirst),
        blocks=tuple(_straight_block(block) for block in article.blocks),
        picture=picture and replace(picture, caption=_straight(picture.caption)),
    )


def _straight_block(block: Block) -> Block:
    return replace(block, text=_straight(block.text))


def _straight(text: str) -> str:
    return text.translate(_STRAIGHT)


def _dated(article: Article, post: int, *, is_shortened: bool) -> Article:
    """The article as the newest system has it, with what was edited on the way."""
    day, section = local(article.published), section_slug(article.section)
    slug = section_slug(article.headline)
    if is_shortened:
        slug = "-".join(slug.split("-")[:SHORTENED])
    place = f"/wp-content/uploads/{day:%Y/%m}/lead-{post}-1024x576.png"
    picture = article.picture and replace(article.picture, path=place)
    return replace(
        article.as_of("second"),
        number=post,
        path=f"/{day:%Y/%m/%d}/{section}/{slug}/",
        aliases=(f"/?p={post}",),
        picture=picture,
        updated=IMPORTED if article.phase == "first" else article.updated,
    )
