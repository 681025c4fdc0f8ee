"""A line goes in; the role that its words alone give it comes out, with the rule.

The phrases are in words.toml, in the languages that pages come in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from .lines import Line, key

Kind = Literal["label", "item", "lead", "start", "hold", "memory", "shape"]
"""How a line gave itself away; only a label opens a run of lines of its role."""

ORDER = (
    "sponsored",
    "newsletter",
    "paywall",
    "comments",
    "related",
    "share",
    "tags",
    "legal",
    "byline",
    "nav",
)
"""Of several roles that a line's words fit, the first is taken."""
MOST_WORDS = 45
"""Longer lines are prose, whatever phrases they hold."""
MOST_CHARS = 600
MOST_LABEL_WORDS = 20
_LEAD = re.compile(r"^\W*([^:»>|]{2,40}?)\s*(?:[:»>|]|\s[–—-]\s)\s*(\S.*)$")
_HANDLE = re.compile(r"^@\w{2,30}$")
_NOTICE = re.compile(r"^(?:©|\(c\)\s|Ⓒ)", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """What a line's own words say of it."""

    role: str
    kind: Kind
    rule: str
    """For a person, such as "label of related content"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrases:
    """The compiled phrases of one role; each matches keys of lines."""

    labels: re.Pattern[str]
    items: re.Pattern[str]
    leads: re.Pattern[str]
    starts: re.Pattern[str]
    holds: re.Pattern[str]
    controls: re.Pattern[str]


@cache
def phrases() -> dict[str, Phrases]:
    """Every role's phrases."""
    content = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return {
        role: Phrases(
            labels=_any(table.get("labels", ()), r"^(?:%s)$"),
            items=_any(table.get("items", ()), r"^(?:%s)$"),
            leads=_any(table.get("leads", ()), r"^(?:%s)$"),
            starts=_any(table.get("starts", ()), r"^(?:%s)(?: |$)"),
            controls=_any(table.get("controls", ()), r"^(?:%s)$"),
            holds=_any(table.get("holds", ()), r"(?:^| )(?:%s)(?: |$)"),
        )
        for role, table in tomllib.loads(content).items()
    }


def _any(wanted: Iterable[str], frame: str) -> re.Pattern[str]:
    """One pattern for many phrases; without any it matches nothing."""
    signs = {"*": r"\w+(?: \w+){0,15}", "#": r"\d+"}
    found = [
        " ".join(signs.get(word, re.escape(word)) for word in phrase.split())
        for phrase in wanted
    ]
    return re.compile(frame % "|".join(found) if found else r"(?!)")


def mark(line: Line) -> Mark | None:
    """Say what a line is by its words alone; None if they say nothing."""
    if line.words > MOST_WORDS or len(line.text) > MOST_CHARS:
        return None
    found = _whole(line) or _bar(line) or _led(line) or _said(line)
    if found is None and _HANDLE.match(line.text):
        return Mark(role="share", kind="item", rule="an account's name")
    if found is None and _NOTICE.match(line.text):
        return Mark(role="legal", kind="hold", rule="copyright sign")
    return found


def _whole(line: Line) -> Mark | None:
    """A line that is a label or a control and nothing else."""
    if not 0 < line.words <= MOST_LABEL_WORDS:
        return None
    words = key(line.content)
    for role in ORDER:
        if phrases()[role].labels.match(words):
            return Mark(role=role, kind="label", rule=f"label of {role}")
        if phrases()[role].items.match(words):
            return Mark(role=role, kind="item", rule=f"words of {role}")
    return None


def _bar(line: Line) -> Mark | None:
    """A bar of links on one line, at least half of them known controls."""
    if len(line.cells) < 2 or line.words > MOST_LABEL_WORDS:
        return None
    roles = [_control(cell) for cell in line.cells]
    known = [role for role in roles if role]
    if 2 * len(known) < len(roles):
        return None
    role = "legal" if "legal" in known else known[0]
    return Mark(role=role, kind="item", rule=f"a bar of links, words of {role}")


def _control(text: str) -> str:
    """The role of a control's words; empty if they are none."""
    words = key(text)
    for role in ("share", "legal", "nav"):
        if phrases()[role].items.match(words):
            return role
    return ""


def _led(line: Line) -> Mark | None:
    """A label with its value behind a colon."""
    found = lead(line.content)
    if found is None or line.words > MOST_WORDS // 2:
        return None
    words = key(found[0])
    for role in ORDER:
        if phrases()[role].leads.match(words):
            return Mark(role=role, kind="lead", rule=f'begins "{found[0]}"')
    return None


def lead(text: str) -> tuple[str, str] | None:
    """A short text's label and value, as they stand; None without a colon or like."""
    found = _LEAD.match(text)
    return (found[1], found[2]) if found else None


def _said(line: Line) -> Mark | None:
    """A line with a phrase that furniture uses and articles do not."""
    words = key(line.content)
    for role in ORDER:
        found = phrases()[role].starts.match(words)
        if found and not (role == "tags" and line.has_stop):
            return Mark(role=role, kind="start", rule=f'begins "{found[0].strip()}"')
        if said := phrases()[role].holds.search(words):
            return Mark(role=role, kind="hold", rule=f'says "{said[0].strip()}"')
    return None
