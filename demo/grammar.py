"""Templates in, sentences out: slots `{name}`, choices `<a|b>`, and an and a put right.

A `Grammar` knows nothing of articles: whoever uses it binds names to text or to
functions. The same seed and the same calls give the same text on every machine.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

Slot = str | Callable[[], str]

_CHOICE = re.compile(r"<([^<>]*)>")
_SLOT = re.compile(r"\{(\w+)\}")
# Before a vowel "a" becomes "an", save where the vowel is spoken as a consonant.
_ARTICLE = re.compile(
    r"\b([Aa]) (?=[‘“]?(?:(?!uni|use|usu|eu|one|once)[aeiouAEIOU]|£?8|£?1[18]\b))"
)


class UnknownSlotError(LookupError):
    """A template names a slot that is neither bound nor a word list."""

    def __init__(self, slot: str, template: str) -> None:
        self.slot = slot
        self.template = template
        super().__init__(
            f"slot {{{slot}}} of the template {template!r} is not known; "
            "bind it or add a list of that name to [vocabulary]"
        )


class Grammar:
    """Fills templates from bound slots and word lists with one random stream."""

    def __init__(
        self,
        stream: random.Random,
        words: Mapping[str, Sequence[str]],
        slots: Mapping[str, Slot],
    ) -> None:
        self.stream = stream
        self.words = words
        self.slots = dict(slots)

    def pick(self, options: Sequence[str]) -> str:
        """Choose one of the templates and fill it."""
        return self.fill(self.stream.choice(options))

    def fill(self, template: str) -> str:
        """Fill one template; what a slot brings may hold slots and choices itself."""
        text = template
        while match := _CHOICE.search(text):
            chosen = self.stream.choice(match[1].split("|"))
            text = text[: match.start()] + chosen + text[match.end() :]
        text = _SLOT.sub(lambda slot: self._value(slot[1], template), text)
        return _ARTICLE.sub(r"\1n ", text)

    def _value(self, slot: str, template: str) -> str:
        name = slot.removesuffix("_c")
        if name in self.slots:
            bound = self.slots[name]
            text = self.fill(bound if isinstance(bound, str) else bound())
        elif name in self.words:
            text = self.pick(self.words[name])
        else:
            raise UnknownSlotError(slot, template)
        return capital(text) if name != slot else text


def capital(text: str) -> str:
    """The text with its first letter in upper case, after any opening quote."""
    for place, letter in enumerate(text):
        if letter not in "“‘":
            return text[:place] + letter.upper() + text[place + 1 :]
    return text
