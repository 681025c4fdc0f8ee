"""A trade, a day and a random stream in; the text of one article out.

A story has one cast (who, where, how much) that stays the same from headline to
last line, while figures and side issues are drawn afresh for every sentence.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime

from demo.grammar import Grammar, capital
from demo.model import Block, Picture, Text
from demo.numbers import number_slots
from demo.vocabulary import Section, StoryKind, Theme, Trade, common

FEATURES = ("report", "inquiry", "trial")


@dataclass(slots=True)
class Speaker:
    """Somebody who is quoted, and whether the reader has met them yet."""

    name: str
    post: str
    known: bool = False

    @property
    def last(self) -> str:
        """The family name, by which a known speaker is called."""
        return self.name.split(" ", 1)[1]


class Author:
    """Writes one article; make a new one for each."""

    def __init__(self, trade: Trade, day: datetime, stream: random.Random) -> None:
        self.trade = trade
        self.stream = stream
        self.section: Section = stream.choice(trade.sections)
        self.kind: StoryKind = stream.choice(common().kinds)
        self.loose = False
        self.used: set[str] = set()
        self.said: list[str] = []
        self.grammar = Grammar(stream, common().words, number_slots(stream, day))
        self._cast()

    def _cast(self) -> None:
        """Settle who and what the story is about."""
        slots, pick = self.grammar.slots, self.grammar.pick
        place = ("{place_starts}{place_ends}",)
        slots.update(place=pick(place), town=pick(place), surname=pick(("{surnames}",)))
        full, short = self.stream.choice(self.trade.orgs)
        slots.update(org=pick((full,)), orgs=pick((short,)))
        slots["surname"] = "{surnames}"
        supplier, rival = self.stream.sample(self.trade.suppliers, 2)
        slots.update(supplier=pick((supplier,)), rival=pick((rival,)))
        slots.update(body=pick(self.trade.bodies), role=pick(self.trade.roles))
        slots["sum"] = pick(("{contract}",))
        self._beat()
        self._people()

    def _beat(self) -> None:
        """Bind what the section is about; side issues vary once the lead stands."""
        section, choice = self.section, self.stream.choice
        project = choice(section.projects)
        goal, problem = choice(section.goals), choice(section.problems)
        self.grammar.slots.update(
            project=lambda: self._vary(project, ("{scheme}",), 0.35),
            goal=lambda: self._vary(goal, section.goals, 0.8),
            goal2=lambda: self._another(section.goals),
            problem=lambda: self._vary(problem, section.problems, 0.8),
            problem2=lambda: self._another(section.problems),
            unit=lambda: choice(section.units),
        )

    def _people(self) -> None:
        posts = ("{roles} at {org}", "{roles} at {supplier}", "{roles} of {body}")
        self.grammar.words = {**self.grammar.words, "roles": self.trade.roles}
        self.speakers = [
            Speaker(
                self.grammar.pick(("{first_names} {surnames}",)),
                self.grammar.fill(post),
            )
            for post in posts
        ]
        self.speakers[0].post = self.grammar.fill("{role} at {org}")
        self.grammar.slots["p1"] = self.speakers[0].name

    def _vary(self, fixed: str, others: tuple[str, ...], share: float) -> str:
        """The story's own word, or now and then another once the lead stands."""
        if self.loose and self.stream.random() < share:
            fixed = self.stream.choice(others)
        self.said.append(fixed)
        return fixed

    def _another(self, options: tuple[str, ...]) -> str:
        """One of the options that the story did not speak of just now."""
        left = [one for one in options if one not in self.said[-4:]]
        return self.stream.choice(left)

    def fill(self, template: str) -> str:
        """One sentence or title from a template."""
        return capital(self.grammar.fill(template))

    def headlines(self) -> tuple[str, str]:
        """Two different headlines for the same story."""
        first, second = self.stream.sample(self.kind.headlines, 2)
        return self.fill(first), self.fill(second)

    def write(self, headline: str) -> Text:
        """The whole text under a headline."""
        standfirst = self.fill(self.stream.choice(self.kind.standfirsts))
        kept = self.stream.random() < 0.85
        blocks = [*self._opening(), *self._middle(self.stream.randint(1, 8))]
        return self._text(headline, standfirst if kept else None, blocks)

    def column(self) -> Text:
        """One week of the title's column: its frame round paragraphs of the week."""
        frame = self.trade.column
        if frame is None:
            raise ValueError(f"{self.trade.title} has no column; add [column] to it")
        self.loose = True
        themes = self.stream.sample(common().themes, 4)
        week = [self._paragraph(theme) for theme in themes]
        blocks = [_paragraph(frame.opening), *week, self._detail(3), self._quotation()]
        blocks += [_paragraph(line) for line in frame.closing]
        return self._text(frame.headline, frame.standfirst, blocks)

    def _text(self, headline: str, standfirst: str | None, blocks: list[Block]) -> Text:
        chosen = self.stream.random() < 0.75
        return Text(
            headline=headline,
            standfirst=standfirst,
            blocks=tuple(blocks),
            section=self.section.name,
            tags=tuple(
                self.stream.sample(self.section.tags, self.stream.randint(2, 4))
            ),
            picture=self._picture() if chosen else None,
            feature=self.kind.name in FEATURES,
        )

    def _opening(self) -> list[Block]:
        follows = self.stream.sample(self.kind.follows, 4)
        lead = (
            f"{self.fill(self.stream.choice(self.kind.leads))} {self.fill(follows[0])}"
        )
        second = " ".join(self.fill(line) for line in follows[1:3])
        self.speakers[0].known = self.kind.name == "appointment"
        self.loose = True
        return [_paragraph(lead), _paragraph(second), self._quotation()]

    def _middle(self, count: int) -> list[Block]:
        """So many paragraphs on sides of the story, the outlook last."""
        *themes, outlook = common().themes
        blocks = [self._detail(self.stream.randint(2, 3))]
        chosen = self.stream.sample(themes, min(count, len(themes)))
        for place, theme in enumerate(chosen):
            if place and self.stream.random() < 0.3:
                subhead = self.fill(self.stream.choice(theme.subheads))
                blocks.append(Block(kind="subhead", text=subhead, level=2))
            blocks.append(self._paragraph(theme))
            blocks += self._aside()
        return [*blocks, self._detail(2), self._paragraph(outlook)]

    def _aside(self) -> list[Block]:
        """What may follow a paragraph: nothing, a quotation, a list or a table."""
        chance = self.stream.random()
        if chance < 0.3:
            return [self._quotation()]
        if chance < 0.37:
            return self._list()
        if chance < 0.41:
            return self._table()
        if chance < 0.46:
            saying = self.fill(f"“{self._saying()}. {self._saying()}.”")
            return [Block(kind="quote", text=saying)]
        return []

    def _saying(self) -> str:
        return self._unused(common().quotations["quote_any"])

    def _unused(self, templates: tuple[str, ...]) -> str:
        """A template that this article has not used yet, as long as there is one."""
        left = [one for one in templates if one not in self.used] or list(templates)
        chosen = self.stream.choice(left)
        self.used.add(chosen)
        return chosen

    def _paragraph(self, theme: Theme) -> Block:
        count = self.stream.randint(2, 4)
        places = sorted(self.stream.sample(range(len(theme.sentences)), count))
        return _paragraph(" ".join(self.fill(theme.sentences[at]) for at in places))

    def _detail(self, count: int) -> Block:
        lines = [self._unused(self.section.details) for _ in range(count)]
        return _paragraph(" ".join(self.fill(line) for line in lines))

    def _quotation(self) -> Block:
        speaker = self.stream.choice(self.speakers)
        said = speaker.last if speaker.known else f"{speaker.name}, {speaker.post}"
        words = common().quotations
        self.grammar.slots.update(
            speaker=said,
            speaker_start=said if speaker.known else f"{said},",
            said_inverted=f"{speaker.last} said" if speaker.known else f"said {said}",
            quote_we=lambda: self._unused(words["quote_we"]),
            quote_any=lambda: self._saying(),
            more=lambda: self.stream.choice(words["more"]),
        )
        speaker.known = True
        return _paragraph(self.fill(self.stream.choice(words["openers"])))

    def _list(self) -> list[Block]:
        lists = common().lists
        count = self.stream.randint(3, 5)
        numbered = self.stream.random() < 0.3
        items = self.stream.sample(lists["items"], count)
        intro = self.fill(self.stream.choice(lists["intros"]))
        return [_paragraph(intro)] + [
            Block(
                kind="numbered_item" if numbered else "list_item",
                text=self.grammar.fill(item),
            )
            for item in items
        ]

    def _table(self) -> list[Block]:
        labels = self.stream.sample(common().table_labels, 2)
        rows = [
            Block(kind="table_row", text=" | ".join(("Year", *labels)), level=1),
        ]
        for back in (3, 2, 1):
            cells = (self.fill(f"{{year_{back}}}"), self.fill("{n}"), self.fill("{n}"))
            rows.append(Block(kind="table_row", text=" | ".join(cells)))
        return rows

    def _picture(self) -> Picture:
        captions = common().captions
        chance = self.stream.random()
        caption = self.fill(self.stream.choice(captions["captions"]))
        person = self.fill("{first_names} {surnames}")
        credit = self.stream.choice((person, person, *captions["agencies"]))
        return Picture(
            path="",
            caption=caption if chance > 0.1 else "",
            credit=credit if chance < 0.9 else "",
            licence=self.stream.choice(captions["licences"]) if chance < 0.9 else "",
        )


def _paragraph(text: str) -> Block:
    return Block(kind="paragraph", text=text)
