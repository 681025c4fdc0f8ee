"""A text in, what its wording says of the date in it out; contains no markup."""

from __future__ import annotations

import re

UPDATE_WORD = re.compile(
    r"\b(?:updated?|modified|last|aktualisiert|geändert|änderung|stand|mise? à jour|"
    r"modifiée?|actuali[sz]ad[oa]|actualización|atualizad[oa]|atualização|"
    r"modificad[oa]|modifica|aggiornat[oa]|aggiornamento|bijgewerkt|gewijzigd|"
    r"bewerkt|uppdaterad|opdateret|oppdatert|päivitetty|zaktualizowan[oy]|"
    r"aktualizacja|aktualizováno|aktualizované|frissítve|ažurirano|обновлено|"
    r"ενημερώθηκε|güncelle(?:me|ndi|nme))\b|更新|수정|업데이트|تحديث",
    re.I,
)
LED = re.compile(rf"(?:{UPDATE_WORD.pattern})[^\d|]*$", re.I)
YEAR = re.compile(
    r"(?:19|20|25)\d\d|(?:令和|平成|昭和|民[國国])|\d[./]\d{1,2}[./]\d\d|[’'-]\d\d\b|[٠-٩۰-۹०-९০-৯๐-๙]{4}"
)
_BEGINS_YEAR = re.compile(r"[\d令平昭民]")
"""What every year that `YEAR` finds holds; found in a tenth of the time."""
LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_IDEOGRAPH = re.compile("[\u3040-\u9fff]")
_CITED = re.compile(r"\b(?:doi|isbn|issn|vol|pp)\b", re.I)
"""Words of a bibliography, whose dates are those of what it lists."""
_DATE_WORDS, _DATE_IDEOGRAPHS = 6, 16
"""How many words a line may hold that is a date and hardly anything else."""
DATE, CHANGE, SENTENCE = 0, 1, 2
"""Ranks of a text with a year: a date and hardly anything else, the date of a change,
and what tells something and holds a date."""
DATELINE_CHARS, _LINKED_DATE_CHARS, _OPENING_CHARS = 200, 40, 24
LABEL = re.compile(
    r"\s*(?:(?:first|originally|article|date)\s+)?(?:published|posted|veröffentlicht|"
    r"erschienen|publiziert|publié|date de publication|fecha de publicación|"
    r"data d[ei] (?:publicação|pubblicazione)|publication date|julkaistu|udgivet|"
    r"publicado|pubblicato|gepubliceerd|publicerad|publisert|"
    r"opublikowano|опубликовано|yayınlanma|post time|pubdate)\b",
    re.I,
)
"""Words that say that the date after them is that of publication."""
_OPENING = re.compile(
    r"\s*(?:[^\W\d_][^,(\d.:;]{1,28}[,(]\s*\(?(?:den |le |el |il |\w+day,? )?)?(?=\d)"
)
"""What may stand before the date at the beginning of a text: a place."""


def has_year(text: str) -> bool:
    """Whether a text holds what may be a year."""
    return _BEGINS_YEAR.search(text) is not None and YEAR.search(text) is not None


def rank_of(line: str) -> int:
    """Order lines with a year: bare dates, dates of a change, sentences."""
    words = len(LONG_WORD.findall(line))
    if (
        _CITED.search(line)
        or words > _DATE_WORDS
        or len(_IDEOGRAPH.findall(line)) > _DATE_IDEOGRAPHS
    ):
        return SENTENCE
    return CHANGE if UPDATE_WORD.search(line) else DATE


def dateline(text: str, linked: bool) -> str:
    """Return the part of a text with a year that may be a dateline; empty if none."""
    text = text.strip()
    if len(text) <= (_LINKED_DATE_CHARS if linked else DATELINE_CHARS):
        return text
    opening = None if linked else _OPENING.match(text)
    return text[opening.end() :][:_OPENING_CHARS] if opening else ""
