"""What bylines are worded like: the patterns that the finders of bylines share.

Contains no business logic.
"""

from __future__ import annotations

import re

AUTHOR_PAGE = re.compile(
    r"/(?:authors?|by|autor(?:en|es|a)?|contributors?|journalists?|reporters?|staff|"
    r"people|person|profile?s?|profiel|columnists?|auteurs?|autori|writers?|users?|"
    r"members?|redakt(?:eur|ion)[\w-]*|autoren-und-redaktion|skribenter?)/[^/]|"
    r"/@[\w.-]+/?$|[?&](?:author|uid|user)=|viewprofile|/user(?:info|-uebersicht)\b",
    re.I,
)
POSTS_BY = re.compile(
    r"^(?:(?:view |see |all |show )*(?:posts|articles|stories) (?:by|from)|"
    r"(?:zeige )?(?:alle )?(?:beiträge|artikel|posts) von|articles de|"
    r"voir tous les articles de|entradas de|ver todas las entradas de)\b",
    re.I,
)
SHARED = re.compile(
    r"shar(?:e|er|ing)\b|/intent/|facebook|twitter|//x\.com|linkedin|instagram|"
    r"mastodon|bsky|whatsapp|pinterest|youtube|mailto:",
    re.I,
)
"""Links to networks and their buttons: their texts are no names."""
MORE = re.compile(
    r"(?:view|see|show|read|zeige|alle?|more|mehr|weitere|zum|zur|go to|visit|voir|ver|"
    r"about|follow|learn|schedule|get|start|sign|book|contact|download|subscribe|join|"
    r"back|skip|jump|click|our|your|for)\b",
    re.I,
)
"""The beginning of a link's text that invites and does not name."""
WORD = (
    r"(?!(?:Reviewed|Edited|Checked|Updated|Translated|Published|Posted)\b)"
    r"[^\W\d_a-z][\w.'’\-]*"
)
PARTICLE = r"(?:de|van|von|der|den|la|le|di|da|al|bin|du|del|v\.)"
AGENCY = (
    r"(?:Reuters|Bloomberg|Xinhua|AFP|AP|PA|PTI|dpa|APA|epd|KNA|SDA|EFE|ANSA)"
    r"\b(?!['’-]|\s(?!(?:and|und|et)\b)\w)"
)
"""News agencies of one word; of other single words a line does not tell a name."""
HAN = r"(?:[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff]))"
"""A name in Chinese or Japanese, which is written without a space."""
NAME = rf"(?:{WORD}(?:\s+(?:{PARTICLE}\s+)*{WORD}){{1,3}}|{AGENCY}|{HAN})"
NAMES = (
    rf"{NAME}(?:(?:\s*[,、，/]\s*|"
    rf"\s+(?:and|und|et|y|og|och|en|e|&|и|та|és|și|ja)\s+){NAME})*"
)
_DONE = (
    r"(?:written|posted|reported|researched|submitted|published|created|added|"
    r"erstellt|geschrieben|verfasst|veröffentlicht|publié|écrit|rédigé|publicado|"
    r"escrito|scritto|pubblicato|geschreven|geplaatst|skrevet|skriven)"
)
_PIECE = (
    r"(?:(?:an?\s+|eine?\s+)?(?:guest\s+)?(?:interview|article|story|report|analysis|"
    r"opinion|comment|column|essay|post|review|words|text|beitrag|kommentar|analyse|"
    r"reportage|gastbeitrag|bericht|kolumne|artikel|entrevista|tekst))"
)
_FROM = r"(?:by|von|par|por|door|da|av|af|oleh)"
_BY = re.compile(
    r"\b(?:by|von|par|por|av|af|door|di|oleh|te[xk]t[eo]?|tekst|words|autor\w*|"
    r"auteur\w*|forfatter|verfasser\w*|penulis|yazar|szerző|reporter|journalist\w*|"
    r"автор\w*|текст|作者|记者|記者|撰文|بقلم|الكاتب)\b"
)
"""What any byline that a label makes one holds, in lower case."""
_BY_CHARS = 90
"""How far into a line it stands."""
BY_NAMES = re.compile(
    r"^(?:[^.!?]{0,60}\d{4}[^.!?\w]{0,5}|"
    rf"(?i:{_DONE}|{_PIECE})\s+)?"
    r"(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|Door|DOOR|Di|DI|Av|AV|Af|AF|Oleh|"
    rf"OLEH|(?<=[a-zé]\s)(?:door|da|av|af|oleh))\b:?\s+({NAMES})"
)
LABELLED = re.compile(
    r"^\W*(?:(?:[Tt]ext(?:\s+(?:und|&|and)\s+(?:[Ff]otos?|Bilder?|[Pp]hotos?))?|TEXT|"
    r"[Rr]edaktion|[Tt]ext[eo]|[Tt]esto|[Tt]ekst|[Ww]ords|[Aa]uthors?|[Cc]ontributors?|"
    r"AUTHORS?|[Aa]uteure?s?|[Ff]orfatter|[Rr]eporters?|[Jj]ournaliste?n?|Penulis|Yazar|"
    r"Szerző|Autorka|Autorzy|Автор[ыи]?|Текст|作者|记者|記者|撰文|بقلم|الكاتب)\s*[:：]|"
    r"(?:[Aa]utor(?:in|en|:in|\*in|in/Autor|es|a|e|i)?|AUTOR(?:IN)?|"
    r"(?:[Tt]his\s+(?:post|article|story)\s+was\s+)?[Ww]ritten\s+by|"
    r"[Ww]ords\s+by|[Vv]erfasser(?:in)?|[Ss]tory\s+by|[Rr]eport(?:ed|ing)\s+by)\s*:?)"
    rf"(?:\s+|(?<=：))({NAMES})\s*(?:[,;|(/·–-].*|)\W*$"
)
LABEL = re.compile(
    r"^\W*(?:text|autor(?:in|en|:in|\*in|in/autor|es|a|e|i)?|(?:post )?authors?|"
    rf"contributors?|(?:{_DONE}|{_PIECE})\s+{_FROM}|by|von|par|por|auteurs?|"
    r"verfasser(?:in)?|forfatter|автор|作者|记者|記者)\s*[:：]?\s*$",
    re.I,
)
POSTED = re.compile(
    rf"^\W*{_DONE}\s+{_FROM}:?\s+([^\W\d_][\w.\-]{{1,20}})\s*"
    r"(?:$|[|·•–]|(?:,|\b(?:at|on|am|um|le|el|il|op|den|in)\b)\s.*\d)|"
    r"^(?:.{0,200}[—–-]\s)?([^\W\d_][\w.\-]{1,20})\s+@\s+\d{1,2}:\d\d",
    re.I,
)
"""A name of one word by whom, and when, a post was written: "Jo @ 12:30"."""
EDITED = re.compile(r"\b(?:reviewed|checked|edited|translated)\s+by\b", re.I)
INSIDE = re.compile(
    r"\b(?:Text|Autor(?:in|en)?|Autorin/Autor|Authors?|Auteur|Written by):?\s*:\s*"
    rf"({NAMES})(?=\s+\w+:|\s*$|\s*[|·•(])"
)
"""A labelled name among the other facts of a block."""
CREDIT = re.compile(
    r"^\W*(?:(?:medically |fact[ -]?)?(?:reviewed|checked|edited|updated|translated|"
    r"photos?|fotos?|images?|illustrations?|video|contributions?|additional reporting|"
    r"übersetz(?:t|ung)|traduit|traduction|traducción|translation|adaptation)\s*"
    r"(?:by|from|:|von|par|por)|editors?\s*:|übersetzung\b)",
    re.I,
)
"""A label for people who did not write the article."""
META = re.compile(
    r"author|autor|auteur|byline|avatar|meta|info|credit|publish|posted|poster|date|details|"
    r"person|user|writer|submitted|source|quelle|origin|kuerzel|signature",
    re.I,
)
PERSON = re.compile(
    r"author|autor|auteur|byline|user-?name|usersname|poster|person|writer|credit|"
    r"signature|kuerzel",
    re.I,
)
NOT_PERSON = re.compile(
    r"categor|tag|topic|section|rubri|kicker|caption|related|share|nav|breadcrumb|"
    r"comment|menu|button|btn|title|reviewer|editor",
    re.I,
)
NO_BYLINE = re.compile(
    r"image|img|photo|foto|bild|figure|video|gallery|quote|copyright|external|sidebar|"
    r"share|sharing|twitter|btn|button|subscri|teaser|related|menu|footer",
    re.I,
)
"""Names of elements, around a short text, in which no byline stands."""
SECTION_LINK = re.compile(
    r"/(?:categor(?:y|ies)|tags?|topics?|sections?|kategorien?|themen?|rubrik\w*|search)"
    r"\b|[?&](?:cat|tag|s)=",
    re.I,
)
DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2}\b|\b\d{1,2}\s+min\b"
)
"""A date, or how long an article takes to read."""
COPYRIGHT = re.compile(r"©|\(c\)|copyright", re.I)
SEPARATED = re.compile(r"\s*[|·•–—/,\n]\s*|\s+-\s+|\s+@\s+")
NAME_CLASS = re.compile(r"(?:^|[\s_-])name(?:$|[\s_-])", re.I)
"""The class of an element that holds a person's name, beside the person's function."""
PICTURE = re.compile(r"licen[cs]e|caption|image-author|photo-?(?:credit|author)", re.I)
"""Names of elements in which a picture's maker is named."""
BREAKS = frozenset({"br", "p", "div", "ul", "li", "table", "h2", "h3", "time"})
BEFORE, AFTER = 14, 90
"""How many elements before and after the headline a byline may stand."""
LONG_TEXT = 170
"""Of two texts this long the second is the article's: no byline comes after it."""
MAX_BYLINE_CHARS = 250


def may_label(line: str) -> bool:
    """Whether a line holds one of the words of a byline; asked first: it is quick."""
    return _BY.search(line[:_BY_CHARS].lower()) is not None
