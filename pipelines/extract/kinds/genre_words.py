"""Words by which sites say what kind an article is, in several languages; data only.

Every word is matched whole: as a label, as a folder of an address (with hyphens for
spaces), as the name of a section, or in front of a headline's colon.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from archive.records import ArticleKind

from ..text import key


def _table() -> dict[str, ArticleKind]:
    """Return the kind of every label, by `text.key`; the first kind that has it."""
    found: dict[str, ArticleKind] = {}
    text = files(__package__).joinpath("genre.toml").read_text(encoding="utf-8")
    kinds: dict[ArticleKind, list[str]] = tomllib.loads(text)  # type: ignore[assignment]  # the file's own keys
    for kind, labels in kinds.items():
        for label in labels:
            found.setdefault(key(label), kind)
    return found


LABELS = _table()
"""`text.key` of a label to the kind that it names."""

SURE: frozenset[ArticleKind] = frozenset(
    ("sponsored", "opinion", "interview", "analysis", "review", "press_release",
     "podcast")
)  # fmt: skip
"""Kinds that a word alone can tell. An event has lines of one beside it, and a live
blog has entries."""

SECTION_ONLY = frozenset(
    map(key, ("voices", "idées", "rubriche", "agenda", "termine", "leader", "leder",
              "billet", "direct", "ticker", "conference", "conferences", "letters",
              "tiedote", "tiedotteet", "ots", "branded", "relacja", "suora", "akce",
              "column", "columns", "perspective", "perspectives", "event", "evento",
              "promoted", "anzeige", "annons", "mainos", "реклама"))
)  # fmt: skip
"""Labels that mean other things too, or stand over advertisements beside articles:
they are believed in an address or as a section's name only."""
FOLDER_NEVER = frozenset(
    map(key, ("comment", "direct", "promoted", "leader", "billet", "tribune", "letters",
              "tribuna", "branded", "idées", "voices", "live", "ticker", "agenda",
              "termine", "akce", "relacja", "column", "columns", "review", "reviews"))
)  # fmt: skip
"""Folders that mean other things on some sites, such as "comment" of comments."""


def _starting(*ways: str, end: str = "") -> re.Pattern[str]:
    """Return what finds lines that begin in one of these ways."""
    return re.compile(rf"^(?:{'|'.join(ways)}){end}", re.I)


PAID = _starting(
    r"(?:this|the following) (?:article|content|post|story|feature|piece|page)"
    r"(?: \w+){0,3} (?:is|was|has been) (?:\w+ )?(?:sponsored|paid for|funded by an "
    r"advertiser|supplied by an advertiser|brought to you by|an advertisement\b)",
    r"(?:this|the following) (?:is|was) (?:a )?(?:sponsored|paid|advertis)",
    r"(?:sponsored|paid for|brought to you) by \w.{1,50}$",
    r"(?:in association with|in partnership with|sponsored content (?:by|from)) "
    r"\w.{1,50}$",
    r"dieser (?:artikel|beitrag|text) (?:ist|wurde) (?:\w+ ){0,3}(?:gesponsert|"
    r"von .{2,60} gesponsert|bezahlt|eine (?:bezahlte )?anzeige|eine werbung)",
    r"(?:cet article|ce contenu) (?:est|a été) (?:\w+ ){0,3}(?:sponsorisé|financé par)",
    r"(?:este artículo|este contenido) (?:es|ha sido) (?:\w+ ){0,3}patrocinado",
    r"(?:questo articolo|questo contenuto) è (?:\w+ ){0,2}sponsorizzato",
    r"dit (?:artikel|bericht) (?:is|werd) (?:\w+ ){0,3}gesponsord",
)
"""A line by which a page says that somebody paid for it. "Produced in partnership
with" says no such thing: newsrooms work together too."""

RELEASE_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ends", re.compile(r"^[\W_]*(?:ends|ende|fin|###|# # #)[\W_]*$", re.I)),
    (
        "notes to editors",
        _starting(
            r"notes? (?:to|for) (?:the )?editors?",
            r"hinweise? (?:für|an) (?:die )?redaktion",
            r"notes? aux rédactions",
            r"notas? para (?:los )?editores",
        ),
    ),
    (
        "contact for the press",
        _starting(
            r"for (?:further|more|additional) (?:information|details)",
            r"(?:press|media) (?:contacts?|enquir\w+|inquir\w+|office|relations)",
            r"(?:presse|medien)kontakt",
            r"contacts? presse",
            r"contacto (?:de )?prensa",
            r"contatt\w+ stampa",
            r"ufficio stampa",
            r"perscontact",
            r"presskontakt",
            end=r"\b",
        ),
    ),
    (
        "for immediate release",
        _starting(
            r"for immediate release",
            r"embargoed until",
            r"zur sofortigen veröffentlichung",
            r"sperrfrist",
            r"pour diffusion immédiate",
            end=r"\b",
        ),
    ),
    ("source", re.compile(r"^SOURCE:? +[A-Z]")),
    ("about the sender", re.compile(r"^(?:About|Über|À propos de) [A-Z]\w+")),
)
"""Lines that a press release has."""
WIRE = re.compile(
    r"^.{2,90}?[/(](?:[\w -]{0,12}(?:news|business|press|presse)[ -]?wire[\w -]{0,12}|"
    r"CNW|EQS(?:-News)?|ots)[/)]\s*[-–—]",
    re.I,
)
"""How a release begins that a wire spread for money: place, day and the wire's name."""

EVENT_LINES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "when",
        _starting(
            *("when", "dates?", "date (?:and|&) time", "time", "wann", "datum"),
            *(
                "termin",
                "quand",
                "cuándo",
                "fecha",
                "quando",
                "wanneer",
                "när",
                "kiedy",
            ),
            end=r"\s*[:|]",
        ),
    ),
    (
        "where",
        _starting(
            *("where", "venue", "location", "place", "wo", "(?:veranstaltungs)?ort"),
            *(
                "où",
                "lieu",
                "dónde",
                "lugar",
                "dove",
                "luogo",
                "waar",
                "locatie",
                "var",
            ),
            *("plats", "gdzie", "miejsce"),
            end=r"\s*[:|]",
        ),
    ),
    (
        "register",
        _starting(
            *("register", "registration", "sign up to attend", "rsvp"),
            r"book (?:now|your (?:place|tickets?|seat))",
            r"(?:(?:buy|get) )?tickets?",
            *(
                "jetzt anmelden",
                "(?:zur )?anmeldung",
                "s['’]inscrire",
                r"inscription\w*",
            ),
            *(r"inscr[ií]b\w+", "registrarse", "iscriviti", "aanmelden", "inschrijven"),
            *("anmäl dig", "zarejestruj się"),
            end=r"\b.{0,40}$",
        ),
    ),
    (
        "speakers",
        _starting(
            *("speakers?", r"panell?ists?", r"referent\w*", "intervenants", "ponentes"),
            *("relatori", "sprekers"),
            end=r"\s*:?$",
        ),
    ),
)
"""Lines that the announcement of an event has."""

LINE_BEGINS = frozenset(
    ("end", "fin", "not", "hin", "for", "pre", "med", "con", "uff", "per", "emb",
     "zur", "spe", "pou", "sou", "abo", "übe", "à", "whe", "dat", "tim", "wan", "ter",
     "qua", "cuá", "fec", "när", "kie", "ven", "loc", "pla", "wo", "ver", "ort", "où",
     "lie", "dón", "lug", "dov", "luo", "waa", "var", "gdz", "mie", "reg", "sig",
     "rsv", "boo", "buy", "get", "tic", "jet", "anm", "s", "ins", "isc", "aan", "zar",
     "pan", "ref", "int", "pon", "rel", "spr")
)  # fmt: skip
"""How the first words of the lines of releases and events begin."""

LISTEN = _starting(
    r"listen (?:now|here|to (?:the|this) (?:podcast|episode))",
    r"subscribe (?:on|to|via) (?:the podcast|apple|spotify)",
    r"in (?:this|the latest) episode",
    r"show ?notes",
    r"jetzt anhören",
    r"in dieser (?:folge|episode)",
    r"écouter (?:le podcast|l['’]épisode)",
    r"dans cet épisode",
    r"escuchar? (?:el|este) (?:podcast|episodio)",
    r"en este episodio",
    r"ascolta (?:il podcast|l['’]episodio)",
    end=r"\b",
)
"""Lines by which a page offers an episode."""
PLAYERS = re.compile(
    r"podcasts\.apple\.com|open\.spotify\.com/(?:episode|show)|podcasts\.google\.|"
    r"castbox\.fm|overcast\.fm|pca\.st|stitcher\.com|acast\.com|buzzsprout\.com|"
    r"libsyn\.com|podbean\.com|soundcloud\.com",
    re.I,
)
"""Where episodes can be heard."""
PLAYER_NAMES = (
    "podcasts.apple.com", "open.spotify.com", "podcasts.google.", "castbox.fm",
    "overcast.fm", "pca.st", "stitcher.com", "acast.com", "buzzsprout.com",
    "libsyn.com", "podbean.com", "soundcloud.com",
)  # fmt: skip
"""One of these stands in every such address; asked first, since it is quick."""
CALLED = re.compile(
    r"(?<!\w)(?:interviews?|q&a|im gespräch|entretien|entrevista|intervista|wywiad|"
    r"rozhovor|haastattelu|intervju|интервью|röportaj|söyleşi)(?!\w)",
    re.I,
)
"""Words by which a headline calls the article an interview."""
YOU = re.compile(
    r"\b(?:you|your|yours|yourself|sie|ihr|ihre[nrm]?|ihnen|du|dein\w*|dir|vous|votre|"
    r"vos|tu|ton|usted|ustedes|su|sus|te|lei|voi|vostro|suo|você|seu|sua|jij|je|jouw|"
    r"u|uw|du|ni|din|pan|pani|pana|вы|ваш\w*|вас|вам|siz\w*)\b",
    re.I,
)
"""Words by which a question speaks to somebody."""
I_WE = re.compile(
    r"\b(?:i|i['’]\w+|we|we['’]\w+|my|our|me|us|ich|wir|mein\w*|unser\w*|mir|uns|je|"
    r"j['’]\w*|nous|mon|notre|nos|yo|nosotros|mi|nuestr\w+|creo|noi|nostr\w+|eu|nós|"
    r"meu|ik|wij|we|mijn|onze|jag|vi|min|vår\w*|jeg|ja|my|мы|я|наш\w*|ben|biz\w*)\b",
    re.I,
)
"""Words by which an answer speaks of who gives it."""
