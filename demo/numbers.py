"""A random stream and a day in, slots for figures, sums, spans and years out."""

from __future__ import annotations

import random
from datetime import datetime

from demo.grammar import Slot

FEW = ("three", "four", "five", "six", "seven", "eight", "nine", "eleven", "twelve")
ORDINALS = ("second", "third", "fourth", "fifth", "seventh", "ninth")


def number_slots(stream: random.Random, day: datetime) -> dict[str, Slot]:
    """Slots that give a new figure each time, and years that fit the day."""
    length = stream.choice((9, 15, 18, 20, 24, 30))

    def span() -> str:
        return f"{stream.choice((*FEW, '13', '14', '16', '18', '22', '27'))} months"

    slots: dict[str, Slot] = {
        "n": lambda: f"{_count(stream):,}",
        "h": lambda: str(stream.randint(24, 980)),
        "small": lambda: f"£{stream.randint(4, 98)},{stream.choice(('000', '500'))}",
        "few": lambda: stream.choice(FEW),
        "ordinal": lambda: stream.choice(ORDINALS),
        "pct": lambda: f"{stream.randint(3, 48)} per cent",
        "pcts": lambda: f"{stream.randint(6, 48)}%",
        "money": lambda: _money(stream),
        "contract": lambda: _millions(stream),
        "salary": lambda: f"£{stream.randint(52, 138)},{stream.randrange(0, 10)}00",
        "span": span,
        "spans": f"{length}-month",
        "age": lambda: str(stream.randint(31, 57)),
        "decade": lambda: f"{stream.choice((1920, 1930, 1950, 1960, 1970, 1980))}s",
        "past_year": lambda: str(day.year - stream.randint(1, 6)),
        "next_year": lambda: str(day.year + stream.randint(1, 2)),
    }
    slots.update({f"year_{back}": str(day.year - back) for back in (1, 2, 3)})
    return slots


def _count(stream: random.Random) -> int:
    """A figure of two to five digits, each length about as likely."""
    top = stream.choice((90, 900, 9_000, 90_000))
    return stream.randint(top // 6, top)


def _money(stream: random.Random) -> str:
    if stream.random() < 0.4:
        return f"£{stream.randint(21, 960)},{stream.choice(('000', '500', '250'))}"
    return _millions(stream)


def _millions(stream: random.Random) -> str:
    if stream.random() < 0.5:
        return f"£{stream.randint(2, 95)}m"
    return f"£{stream.randint(1, 9)}.{stream.randint(1, 9)}m"
