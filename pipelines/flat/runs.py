"""A sheet whose head is labelled goes in; the runs of furniture below are labelled.

A label opens a run ("Related content", "Tags", "Comments"); its role tells how long the
lines behind it can belong to it.
"""

from __future__ import annotations

from collections.abc import Callable

from .bylines import is_byline, is_date
from .goes_on import Run, article_names, goes_on, is_of_teasers, names_in
from .sheet import Sheet
from .words import Mark, phrases

SHORT_WORDS = 5
"""Words that an entry of tags, share buttons or menus has at most."""
BLURB_WORDS = 22
"""Words that the sentence below a newsletter's label has at most."""
SUBHEAD_WORDS = 14
LISTS = frozenset(["related", "sponsored"])
TAILS = frozenset(["tags", "comments"])
"""Roles behind which an article hardly ever goes on."""
HEADS = frozenset(["headline", "standfirst"])
ENDS = frozenset(["legal", "newsletter", "share", "paywall"])
"""Lines of these roles end a run of links even if they are no label."""
BESIDE_COMMENTS = frozenset(["like", "share", "save", "post", "x"])
"""Controls that each comment has."""


class Runs:
    """The walk down a sheet, from the first paragraph to the end.

    Args:
        sheet: The sheet, its head labelled.
        start: Where the text begins.
    """

    def __init__(self, sheet: Sheet, start: int) -> None:
        self.sheet = sheet
        self.start = start
        self.run: Run | None = None
        self.in_tail = False
        told = [x.line for x in sheet.found if x and x.role in HEADS]
        self.names = set(article_names(told))

    def label(self) -> None:
        """Label every line that belongs to furniture; the others stay as they are."""
        for at in range(self.start, len(self.sheet)):
            if self.sheet.found[at] is None:
                self._line(at)
        self._close()

    def _line(self, at: int) -> None:
        found = self.sheet.marks[at]
        if found is None:
            self._plain(at)
        elif found.kind == "label" and not self._is_inside(found):
            self._open(at, found)
        else:
            self._marked(at, found)

    def _is_inside(self, found: Mark) -> bool:
        """Whether a label is a line of the run that stands open: "Latest comments"."""
        return self.run is not None and self.run.role == found.role == "share"

    def _open(self, at: int, found: Mark) -> None:
        self._close()
        self.run = Run(role=found.role, label=at, items=[], in_tail=self.in_tail)
        self.sheet.give(at, found.role, found.rule)
        self.in_tail = self.in_tail or found.role in TAILS

    def _marked(self, at: int, found: Mark) -> None:
        """A line that says by itself what it is."""
        run = self.run
        if run is not None and self._keeps(at, run, found):
            self._take(at, run)
            return
        if self._is_form(at):
            self.sheet.give(at, "newsletter", "beside a newsletter's field")
            return
        if run is not None and found.role in ENDS:
            self._close()
        if found.role == "share" and found.kind == "item":
            self.run = Run(role="share", label=at, items=[], in_tail=self.in_tail)
        if found.role == "tags":
            self.in_tail = True
        self.sheet.give(at, found.role, found.rule)
        if found.role == "newsletter":
            self._invite(at - 1)

    def _is_form(self, at: int) -> bool:
        """Whether a line is the button of the newsletter's box above."""
        words = phrases()["newsletter"].controls
        above = self.sheet.role(at - 1) == "newsletter"
        return above and bool(words.match(self.sheet.lines[at].key))

    def _invite(self, at: int) -> None:
        """Label the line above a newsletter's field, if it only invites to fill it."""
        if self.sheet.is_plain(at) and at > self.start:
            line = self.sheet.lines[at]
            if line.is_title and line.words <= SUBHEAD_WORDS and not line.bullet:
                self.sheet.give(at, "newsletter", "above a newsletter's field")

    def _keeps(self, at: int, run: Run, found: Mark) -> bool:
        """Whether a run holds a marked line: "Reply" below comments, and the like."""
        if found.kind == "memory":
            return STAYS[run.role](self, at, run)
        if run.role == "tags" and found.kind == "item":
            return self._is_tag(at, run)
        if run.role == "comments":
            return found.role in ("comments", "nav", "byline") or found.role == (
                "share" if self.sheet.lines[at].key in BESIDE_COMMENTS else ""
            )
        return run.role == "newsletter" and found.role in ("nav", "paywall")

    def _is_tag(self, at: int, run: Run) -> bool:
        """Whether a word that footers use is a tag here: it stands between tags."""
        above = run.items[-1] if run.items else run.label
        below = self.sheet.marks[at + 1] if at + 1 < len(self.sheet) else None
        return above == at - 1 and (below is None or below.kind == "label")

    def _plain(self, at: int) -> None:
        if self.run is not None:
            if STAYS[self.run.role](self, at, self.run):
                self._take(at, self.run)
                return
            self._close()
        self.names |= names_in(self.sheet.lines[at].text)

    def _take(self, at: int, run: Run) -> None:
        run.items.append(at)
        said = self.sheet.lines[run.label].text
        self.sheet.give(at, run.role, f'in the run behind "{said[:40]}"')

    def _close(self) -> None:
        """End the open run; links that turn out to be blurbs become teasers."""
        run, self.run = self.run, None
        if run is None or run.role != "related":
            return
        if is_of_teasers([self.sheet.lines[item] for item in run.items]):
            for at in (run.label, *run.items):
                told = self.sheet.found[at]
                rule = told.rule if told else ""
                self.sheet.give(at, "teaser", f"{rule}: sentences of other articles")

    def is_article(self, at: int, run: Run) -> bool:
        """Whether the article goes on with a plain line."""
        return goes_on(self.sheet, at, run, self.names)


def _in_short_run(runs: Runs, at: int, run: Run) -> bool:
    """Tags, share buttons: short lines, or one line with commas."""
    line = runs.sheet.lines[at]
    if line.has_stop or is_byline(line):
        return False
    if run.role == "tags" and not run.items and line.text.count(",") > 0:
        return True
    return line.words <= SHORT_WORDS


def _in_links(runs: Runs, at: int, run: Run) -> bool:
    """Related and sponsored links: titles, blurbs, until the article goes on."""
    line = runs.sheet.lines[at]
    if runs.is_article(at, run):
        return False
    items = [runs.sheet.lines[item] for item in run.items]
    bulleted = bool(items) and all(item.bullet for item in items)
    if bulleted and not line.bullet and line.is_title:
        return not _heads_article(runs, at, run)
    return True


def _heads_article(runs: Runs, at: int, run: Run) -> bool:
    """Whether a line is a subhead with which the article goes on."""
    after = at + 1
    return runs.sheet.is_plain(after) and runs.is_article(after, run)


def _in_newsletter(runs: Runs, at: int, run: Run) -> bool:
    """A newsletter's box: a blurb and short lines."""
    line = runs.sheet.lines[at]
    if line.is_paragraph and runs.is_article(at, run):
        return False
    if line.has_stop:
        return not run.items and line.words <= BLURB_WORDS
    return line.words <= SHORT_WORDS + 3 and len(run.items) < 3


def _in_comments(runs: Runs, at: int, run: Run) -> bool:
    """Readers' comments: all, unless nobody wrote any and the article goes on."""
    if run.items or run.in_tail:
        return True
    line = runs.sheet.lines[at]
    second = runs.sheet.is_plain(at + 1) and runs.sheet.lines[at + 1].is_paragraph
    opened = Run(role="related", label=run.label, items=[], in_tail=False)
    return not (line.is_paragraph and second and runs.is_article(at, opened))


def _in_biography(runs: Runs, at: int, run: Run) -> bool:
    """What is said of the author: a paragraph, or two if the article does not go on."""
    line = runs.sheet.lines[at]
    if not run.items:
        return True
    told = runs.sheet.lines[run.items[-1]].has_stop
    return not told and not is_date(line)


STAYS: dict[str, Callable[[Runs, int, Run], bool]] = {
    "related": _in_links,
    "sponsored": _in_links,
    "share": _in_short_run,
    "tags": _in_short_run,
    "newsletter": _in_newsletter,
    "comments": _in_comments,
    "byline": _in_biography,
}
"""For each role that has labels, whether a plain line belongs to the open run."""
