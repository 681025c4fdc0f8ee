"""A difference goes in; the lines that tell a person of it come out, or one of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from archive.history.differences import BREAK, Run, compare
from pipelines.journal import Change, Difference

MOST_CHARS = 600
"""Of one field's difference."""
MOST_ITEMS = 5
"""Links, tags and the like that are named of those that went and came."""
KEPT_WORDS = 4
"""Words that are shown on either side of a change."""
WORDED = ("headline", "standfirst")
OUTCOMES = {
    "changed": "",
    "rescued": "rejected before, an article now",
    "rejected": "rejected for another reason",
}


def as_json(difference: Difference) -> str:
    """A difference with both values of each field, on one line."""
    return json.dumps(asdict(difference), ensure_ascii=False)


def shown(difference: Difference) -> Iterator[str]:
    """Yield a difference as lines for a person."""
    number = difference.article_id
    what = f"article {number}" if number else "no article"
    if difference.revision is not None:
        what += f", revision {difference.revision}"
    yield f"{difference.site}: {difference.url} ({what})"
    if OUTCOMES[difference.outcome]:
        yield f"  {OUTCOMES[difference.outcome]}"
    for name, change in difference.fields.items():
        yield f"  {name}: {_shortened(_told(name, change))}"


def _told(name: str, change: Change) -> str:
    before, after = change.before, change.after
    if name == "body":
        return _body(before, after)
    if name in WORDED and before and after:
        return words([str(before)], [str(after)])
    if isinstance(before, list) and isinstance(after, list) and _is_set(name):
        return _items(before, after)
    return f"{_plain(before)} → {_plain(after)}"


def _is_set(name: str) -> bool:
    return name in ("links", "evidence", "tags", "authors", "images", "notices")


def _body(before: Any, after: Any) -> str:
    """The words that went and came; where none did, the kinds of blocks."""
    old, new = ([str(block[2]) for block in blocks] for blocks in (before, after))
    if old != new:
        return words(old, new)
    pairs = [
        f"{_kind(one)} → {_kind(other)}: {one[2]}"
        for one, other in zip(before, after, strict=True)
        if one != other
    ]
    return "; ".join(pairs)


def _kind(block: Sequence[Any]) -> str:
    return " ".join(str(part) for i, part in enumerate(block) if i != 2 and part)


def words(before: Sequence[str], after: Sequence[str]) -> str:
    """Two texts as one, with what went and what came marked."""
    runs = compare(before, after)
    return " ".join(_run(run, last=run is runs[-1]) for run in runs)


def _run(run: Run, *, last: bool) -> str:
    if run.text == BREAK:
        return {"kept": "¶", "removed": gone("¶"), "added": come("¶")}[run.kind]
    if run.kind == "removed":
        return gone(run.text)
    if run.kind == "added":
        return come(run.text)
    found = run.text.split()
    if len(found) <= 2 * KEPT_WORDS:
        return run.text
    tail = "" if last else " ".join(found[-KEPT_WORDS:])
    return f"{' '.join(found[:KEPT_WORDS])} … {tail}".rstrip()


def gone(text: str) -> str:
    """Mark what went."""
    return click.style(f"[-{text}-]", fg="red")


def come(text: str) -> str:
    """Mark what came."""
    return click.style(f"{{+{text}+}}", fg="green")


def _items(before: Sequence[object], after: Sequence[object]) -> str:
    old, new = list(map(_plain, before)), list(map(_plain, after))
    went = [one for one in old if one not in new]
    came = [one for one in new if one not in old]
    if not went and not came:
        return "in another order, or another number of times"
    marked = [gone(one) for one in went[:MOST_ITEMS]]
    marked += [come(one) for one in came[:MOST_ITEMS]]
    more = max(0, len(went) - MOST_ITEMS) + max(0, len(came) - MOST_ITEMS)
    return " ".join([*marked, f"and {more} more"] if more else marked)


def _plain(value: object) -> str:
    """A value in words; a list's or a record's parts that are there, in a row."""
    if value is None or value == []:
        return "none"
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return " | ".join(_plain(part) for part in value if part is not None) or "none"
    return str(value)


def _shortened(text: str) -> str:
    """Cut what is too long; a colour that was cut in two is ended."""
    flat = " ".join(text.split())
    if len(flat) <= MOST_CHARS:
        return flat
    return click.unstyle(flat)[:MOST_CHARS] + " …"
