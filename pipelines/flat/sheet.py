"""Lines and a site's memory go in; the sheet that the rules fill comes out."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.extract.picture.pictures import Picture, picture

from .bylines import is_byline, is_date, is_signature, is_told
from .lines import Line
from .memory import Memory
from .words import Mark, mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Labelled:
    """One line with its role."""

    line: Line
    role: str
    """As in the list of roles; a picture's line may be "caption+credit"."""
    rule: str
    """Why, for a person."""
    picture: Picture | None = None
    """Caption, credit and licence apart, for a picture's line."""


def tells(line: Line) -> bool:
    """Whether a line tells of its own article however often it stands on others."""
    if is_byline(line) or is_date(line) or is_signature(line):
        return True
    return picture(line.text) is not None


class Sheet:
    """What is known of every line so far; rules read it and give roles.

    Args:
        lines: The text's lines.
        memory: What is known of the site.
    """

    def __init__(self, lines: tuple[Line, ...], memory: Memory) -> None:
        self.lines = lines
        self.memory = memory
        self.marks = [self._mark(line) for line in lines]
        self.found: list[Labelled | None] = [None] * len(lines)

    def _mark(self, line: Line) -> Mark | None:
        """What a line's words say; where they say nothing, what memory says."""
        said = mark(line)
        if said and said.role == "byline" and said.kind == "lead" and not is_told(line):
            said = None
        if said is not None and said.kind in ("label", "item"):
            return said
        if line.key and line.key in self.memory.furniture and not tells(line):
            role = said.role if said else "nav"
            return Mark(role=role, kind="memory", rule="stands on other pages too")
        if line.key in self.memory.titles or self.key_of(line) in self.memory.titles:
            rule = "title of another article of the site"
            return Mark(role="related", kind="memory", rule=rule)
        return said

    @staticmethod
    def key_of(line: Line) -> str:
        """The key of a line without its bullet."""
        return line.key.removeprefix(f"{line.bullet.strip('.()')} ")

    def __len__(self) -> int:
        return len(self.lines)

    def give(self, at: int, role: str, rule: str) -> None:
        """Give a line its role."""
        line = self.lines[at]
        self.found[at] = Labelled(line=line, role=role, rule=rule)

    def give_picture(self, at: int) -> bool:
        """Label a line as a picture's, if it is one."""
        shown = picture(self.lines[at].text)
        if shown is None or not shown.role:
            return False
        self.found[at] = Labelled(
            line=self.lines[at],
            role=shown.role,
            rule="names a picture's maker" if shown.credit else "says it is a picture",
            picture=shown,
        )
        return True

    def role(self, at: int) -> str:
        """The role of a line; empty while it has none, or outside the text."""
        found = self.found[at] if 0 <= at < len(self.found) else None
        return found.role if found else ""

    def is_plain(self, at: int) -> bool:
        """Whether nothing is known of a line yet, neither a role nor its words."""
        return 0 <= at < len(self) and self.found[at] is None and self.marks[at] is None
