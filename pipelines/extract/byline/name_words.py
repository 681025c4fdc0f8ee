"""What names in bylines are worded like: the patterns by which people.py reads them.

Contains no business logic.
"""

from __future__ import annotations

import re

AGENCY = re.compile(
    r"\b(?:(?:news|press) ?agency|newswires?|wire (?:services?|reports?)|agencies|"
    r"(?:nachrichten|presse)-?agentur(?:en)?|agenturen|agence de presse|"
    r"agenc(?:ia|y|ja) (?:de noticias|informacyjna|prasowa)|agenzia(?: di)? stampa|"
    r"haber ajansı|staff and (?:agencies|wires?))\b",
    re.I,
)
"""What an agency says of itself in its name, whichever it is."""
ARTICLES = frozenset(
    ("the", "el", "los", "las", "les", "der", "die", "das", "il", "het")
)
"""What papers' names begin with, and no person's."""
COMPOUND = re.compile(
    r"\w{3}(?:magazin|zeitung|nachrichten|redaktion|verband|verein|verlag|institut|"
    r"gesellschaft|gemeinschaft|agentur|anstalt|ministerium|dienst|zentrale|stiftung|"
    r"kammer|werke|blatt|portal|krant|avisen|bladet|tidningen|news)$"
)
"""What German and other words for organisations end in, however they begin."""
HOST = re.compile(r"\w\.[a-z]{2,8}$")
LEAD = re.compile(
    r"^(?:(?:(?:written|posted|published|reported|story|words|text(?:\s+und\s+fotos?)?|"
    r"article|report|submitted|contributed|edited|compiled|review(?:ed)?|interview|"
    r"created|added|researched|analysis|opinion|comment(?:ary)?|perspective|column|essay|"
    r"erstellt|verfasst|geschrieben|artikel|alles|beitrag|"
    r"kommentar|pressemitteilung|publié|écrit|rédigé|escrito|"
    r"publicado|scritto|pubblicato|veröffentlicht|geplaatst|geschreven|skrevet|"
    r"skriven)\s*)"
    r"(?:by\b|von\b|par\b|por\b|da\b|door\b|av\b|af\b|:)|by\b|durch\b|vo[nm]\b|par\b|por\b|"
    r"(?:di|door|av|af|da)\b(?=\s+[A-Z])|"
    r"(?:read|view|see|show)\s+(?:more|all)\s+(?:(?:posts|articles|"
    r"stories)\s+)?(?:about|by|of|from)\b|"
    r"(?:alle\s+)?beiträge\s+von\b|(?:articles|posts|stories)\s+by\b|"
    r"author[s]?\b|autor(?:in|en|a|es)?\b|auteurs?\b|reporter\b|redaktion\s*:|"
    r"автор[ыи]?\b|текст\b(?=\s*:)|作者\b|words\b(?=\s*:))\s*[:：\-–]?\s*",
    re.I,
)
DATED_LEAD = re.compile(
    r"^[^|]{0,70}\d[^|]{0,20}?\b(?:by|von|par|por)\b:?\s+(?=\w)", re.I
)
"""What stands before a name that follows a date: "Posted on 3 May 2021 by"."""
TAIL = re.compile(
    r"\s*(?:\s[|·•–—]\s|\||\bpublished\b|\bupdated\b|\bposted\b|\blast modified\b|"
    r"\bview all\b|\bsee all\b|\balle (?:artikel|beiträge)\b|\bmore (?:from|by)\b|"
    r"\bfollow\b|\bfor the\b|\bis an?\b|"
    r"\bon behalf of\b|\breviewed by\b|\bedited by\b|\bfact[ -]checked by\b|"
    r"\bin\b(?=\s+[A-Z]|$)|\b(?:at|am|um|le|el|il|op|den|dne|dnia)\s+\d|"
    r"\b(?:am|on)\s+(?:[A-Z][a-z]{2,9}\b,?\s+)?\d|\bon\s+[A-Z][a-z]{2,8}\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\b\d{1,2}[./:]\d{1,2}|\b(?:19|20)\d\d\b|\b\d+\s*min\b|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d).*$",
    re.I | re.S,
)
DATE_FIRST = re.compile(
    r"^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)[a-z]*,?\s+)?"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|"
    r"\d{1,2}\.?\s+[^\W\d]{3,10}\.?,?\s+\d{4}|[^\W\d]{3,10}\.?\s+\d{1,2},?\s+\d{4})"
    r"(?:,?\s+(?:(?:um|at|à)\s+)?\d{1,2}[:.]\d\d(?:\s*(?:uhr|h|am|pm))?)?\s*"
    r"(?:[|·•–—/,-]\s*)?",
    re.I,
)
"""A date, and a time, before the name."""
NOT_NAMES = re.compile(
    r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\[[^\]]*\]|"
    r"\((?![^\W\d_]+\)\s+[^\W\d_])[^()]*\)",
    re.I,
)
"""Addresses and what stands in brackets, but not "Ada (Jones) Marsh"."""
COMMA = re.compile(r"\s*[,;|\n、，；]\s*")
JOINT = re.compile(
    r"\s*[,;/|\n、，；]\s*|\s+(?:and|und|et|y|&|\+|with|mit|e|og|och|en|ve|oraz|и|та|és|"
    r"și|ja|sowie)\s+|"
    r"^and\s+|\s*&\s*",
    re.I,
)
ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journalist|columnist|editorial|chief|"
    r"director|manager|chair(?:wo)?m[ae]n|chair|officer|analyst|contributor|senior|"
    r"head of|president|founder|"
    r"professor|lecturer|educators?|partner|consultant|bureau|producer|photographer|"
    r"secretary|coordinator|penulis|horticulturi?st|adviser|advisor|intern|trainee|blogger|"
    r"correspond[ae]nte?|envoyée? spécial|chroniqueu(?:r|se)|redactor[ae]?s?|"
    r"corresponsal|enviad[oa] especial|giornalista|redattore|redattrice|inviat[oa]|"
    r"corrispondente|redacteur|verslaggever|repórter|jornalista|colunista|redaktör|"
    r"redaktør|journaliste?n?|dziennikar(?:z|ka)|muhabir|korrespondens|"
    r"redakteur(?:in)?|reporterin|korrespondent(?:in)?|chefredakteur(?:in)?|"
    r"autor(?:in)?|"
    r"journaliste|rédacteur|rédactrice|periodista|staff|freelance|deputy|assistant|"
    r"specialist|strategist|ceo|cto|cfo|coo|phd|md|dr\. med|guest|ressort\w*|"
    r"volontär(?:in)?)\b",
    re.I,
)
PICTURED = re.compile(
    r"[.;,|/·•–—]\s*(?:photo(?:graph)?s?|photography|pictures?|images?|"
    r"illustrations?|graphics|video|fotos?|bild(?:er)?|grafik)"
    r"(?:\s*:|\s(?:by|von|par)\b)",
    re.I,
)
"""Where a byline goes on to say whose the pictures are."""
HEADS = re.compile(
    r"\b(?:executive|director|manager|chair(?:wo)?m[ae]n|chair|officer|president|"
    r"founder|partner|consultant|owner|ceo|cto|cfo|coo|head of|vorstand|"
    r"geschäftsführer(?:in)?)\b",
    re.I,
)
"""Functions outside a newsroom: what follows one is whom its holder works for."""
ACCOUNTS = frozenset(
    ("admin", "administrator", "webmaster", "root", "user", "guest", "editor",
     "unknown", "anonymous", "none", "null", "author", "default", "wordpress",
     "site admin",
     "web admin", "undefined", "n a", "redakteur", "staff", "test", "profile",
     "author name",
     "by", "view profile", "share", "comments", "email", "twitter", "facebook",
     "contributor",
     "read more", "see more", "bio", "about", "follow", "posted", "written",
     "super user",
     "website", "writer", "name", "datum", "date", "folgen", "originally", "text",
     "foto",
     "view more posts", "alle artikel", "show all articles", "home", "news",
     "no author",
     "zur artikelubersicht", "hinterlasse einen kommentar", "reply", "antworten",
     "leave a comment", "not available", "team", "published", "contact", "authors",
     "about the author", "subscribe", "teilen", "share this", "web share", "mastodon",
     "linkedin", "instagram", "youtube", "bluesky", "threads", "whatsapp", "pinterest",
     "xing", "rss", "tweet", "print", "drucken", "partager", "compartir", "condividi",
     "merken", "zeige", "photo", "log in", "log", "sign in", "read comments", "medium",
     "podcast", "spotify", "contact me", "kommentare", "newsletter", "login",
     "anmelden", "more", "mehr",
     "advertisement", "anzeige", "sponsored", "read time", "min read", "last updated",
     "table of contents", "contents", "inhaltsverzeichnis", "post views", "cc by",
     "expert reviewed", "uppdaterad", "article written by")
)  # fmt: skip
PLACE = (
    r"(?:Las Vegas|Los Angeles|New (?:York|Delhi|Orleans)|Hong Kong|Tel Aviv|"
    r"San (?:Francisco|Diego|Antonio|Jose)|Cape Town|Buenos Aires|Kuala Lumpur|"
    r"Abu Dhabi|Mexico City|Salt Lake City|Washington,? D\.?C\b\.?)"
)
"""Places of several words, which no person is called."""
PLACED = re.compile(
    r"^((?!The\b)[^\W\d_a-z][\w.'’\-]*(?:\s+(?!The\b)[^\W\d_a-z][\w.'’\-]*){1,2})"
    rf"\s+(?:{PLACE}(?:\s.*)?|(?:Senior|Associate|Deputy|Assistant|Freelance|"
    r"Managing|Contributing)\s.+)$"
)
"""A name and, with no mark between, its place, a paper called after one, or a role."""
STAFF = re.compile(
    r"[\w ]{0,30}\bstaff (?:and|&) (?:\w+ ){0,2}(?:agencies|reports?|services?|wires?)",
    re.I,
)
"""Who a paper says it is by where nobody of its own wrote it alone."""
DEGREE = re.compile(
    r"(?:[A-Z]{2,6}|[A-Z][a-z]?[A-Z][a-z]?\.?|[A-Z]\.[A-Z]\.|Jr\.?|Sr\.?)"
)
"""What a name is followed by: "MBA", "PhD", "R.N."."""
FUNCTION_WORD = (
    r"(?:reporter|correspondent|writer|journalist|columnist|editor|producer|"
    r"redakteur(?:in)?|korrespondent(?:in)?|reporterin)"
)
FUNCTION = re.compile(
    r"^([^\W\d_a-z][\w.'’\-]*(?:\s+[^\W\d_a-z][\w.'’\-]*){1,2}?)"
    r"(?:\s+(?i:staff|chief|political|business|health|education|sports?|crime|science|"
    r"technology|environment|economics?|foreign|local|news|digital|features?|arts|"
    rf"general|court|city|county|state|lead|web|online))*\s+(?i:{FUNCTION_WORD}s?)$"
)
"""A name and, with no mark between, what its bearer does."""
SENT = re.compile(
    r"^((?:[^\W\d_a-z][\w.'’\-]*\s+){1,2}[^\W\d_a-z][\w.'’\-]*)\s+"
    r"(?:(?i:associated press|press association)|AP|AFP|PA|UPI|Reuters|Bloomberg)\s.*$"
)
"""A name and, with no mark between, whose writer its bearer is."""
CODED = re.compile(
    r"^([^\W\d_]\S+ [^\W\d_]\S+) "
    r"(?:BBC|CNN|NBC|CBS|ABC|NPR|PBS|CNBC|CBC|CTV|RTÉ)\b.*$"
)
"""A name and, with no mark between, its broadcaster's code: "Jo Marsh BBC News"."""
VOWEL = re.compile(r"[AEIOUY.]")
LED = re.compile(
    r"^(?:our\s+|(?-i:AP|AFP|UPI)\s+)?(?:(?:staff|senior|chief|special|guest|business|"
    rf"sports|medical|science|health|national|military)\s+)?(?:{FUNCTION_WORD}s?|"
    r"rechtsanwält(?:e|in)|rechtsanwalt)\s+(?=(?-i:[^\W\d_a-z]\w*\s+[^\W\d_a-z]))",
    re.I,
)
"""What an author does, before the name."""
ONLY_PLACE = re.compile(PLACE)
MAX_NAME_CHARS = 60
MAX_NAME_WORDS = 6
PARTICLES = frozenset(
    ("de", "du", "des", "van", "von", "der", "den", "del", "della", "di", "da", "dos",
     "la", "le", "el", "al", "bin", "ibn", "ten", "ter", "zu", "zum", "af", "av",
     "y", "und", "v", "of", "the", "for", "and")
)  # fmt: skip
ACCOUNT = re.compile(r"[^\W\d_][\w.\-]{0,18}\d{1,4}|[^\W\d_]\w*\d\w*[^\W\d_]")
"""An account's name with digits in it; not a number with a unit."""
