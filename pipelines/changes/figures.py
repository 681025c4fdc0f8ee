"""Words go in; the numbers they tell come out, however they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

THOUSANDS = re.compile(r"(?<=\d)[.,'’\u00a0\u202f](?=\d{3}(?!\d))")
DECIMAL = re.compile(r"(?<=\d)[,·](?=\d)")
CODE = re.compile(r"://|&(?:\w+;)?#|@|\w/\w+/|\.\w+/|[_\\]")
"""In a word that no number stands in, though it holds digits."""
NUMBER = re.compile(r"[£$€¥]?\d[\d.,·]*(?:[^\W\d_]{1,4}(?!\w))?[%‰]?")
"""With its currency or unit, as in £5m."""
EDGES = re.compile(r"^[^\w]+|[^\w%‰]+$")
WRITTEN = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
ninety hundred hundreds thousand thousands million millions billion billions
trillion dozen half third quarter twice double triple zwei drei vier fünf sechs
sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn
achtzehn neunzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig
hundert tausend million millionen milliarde milliarden dutzend deux trois quatre
cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
quarante cinquante soixante cent mille millions milliard milliards douzaine tres
cuatro cinco seis siete ocho nueve diez doce trece catorce quince veinte
treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil millón
millones docena tre quattro cinque sei sette otto nove dieci undici dodici venti
trenta quaranta cinquanta sessanta settanta ottanta novanta cento mila milione
milioni miliardo miliardi twee drie vijf zes zeven negen tien elf twaalf twintig
dertig veertig vijftig zestig zeventig tachtig negentig honderd duizend miljoen
miljard
"""
SPELLED = frozenset(WRITTEN.split())
"""English, German, French, Spanish, Italian, Dutch; without those that are
other words too, such as one, ein, un, due and once."""


def is_figure(word: str) -> bool:
    """Whether a word tells a number; addresses and character codes do not."""
    if any(mark.isdigit() for mark in word):
        return CODE.search(word) is None
    parts = EDGES.sub("", word).casefold().split("-")
    return any(part in SPELLED for part in parts)


def values(word: str) -> list[str]:
    """The numbers in a word without what only groups their digits: 1,204 and 1.204.

    Three digits behind a comma or a point are taken for thousands: which they are
    cannot be told without the language, and it is the same on both sides.
    """
    told = NUMBER.findall(THOUSANDS.sub("", word))
    if told:
        return [DECIMAL.sub(".", number).rstrip(".,·").casefold() for number in told]
    return [EDGES.sub("", word).casefold()]


def figures(words: Iterable[str]) -> Counter[str]:
    """The numbers that words tell, each with how often."""
    return Counter(one for word in words if is_figure(word) for one in values(word))
