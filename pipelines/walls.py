"""A short cut page goes in; which wall or error page it is comes out, or nothing.

A news item may say every word that a wall says: queues at a security check shorten, 404
homes are approved. A wall is told by what else it shows: no date, a text that speaks to
its reader, a field for a password, a word to search engines that it is not for them.
How many of these signs are needed depends on how plainly the words speak.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import html

from archive.records import Article, Rejection
from crawler.items import Page
from pipelines.extract.claims import ROUTE_WITNESS
from pipelines.extract.decode import decode
from pipelines.extract.tree import parse
from pipelines.wall_words import OTHER_LANGUAGES, SPEAKS_TO_READER
from pipelines.words import words_key

SHORT_WORDS = 45
"""A shorter text is a sign of a wall; news in brief has more words."""
MOST_CHARS = 20_000
"""So much of a text is searched: 250 words may be of any length."""
PLAIN_SIGNS = 1
"""Signs needed where the words are what only a wall says, or all of the headline."""
VAGUE_SIGNS = 2
"""Signs needed where the words may also be news."""
NAMED_SIGNS = 2
"""Further signs needed where a feed or the API lists the page under its headline."""
NAMING_ROUTES = frozenset(["feed", "wordpress"])
"""Routes that name articles by their headlines; a link may say anything."""
SHOWN = frozenset(["html", "text"])
"""Witnesses of a date that a reader of the page sees."""
QUOTED = re.compile(r"„[^“”]*[“”]|“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|«[^»]*»|»[^«]*«")
READER = re.compile(rf"\b(you|your|please|sorry|{SPEAKS_TO_READER})\b", re.I)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wall:
    """One kind of page that stands where an article should."""

    reason: str
    headline: re.Pattern[str]
    """Its whole headline, reduced to words in lower case."""
    plain: re.Pattern[str]
    """What only such a page says in its text, outside quotation marks."""
    vague: re.Pattern[str]
    """What an article may say too, in its headline or text."""


def _wall(reason: str, headline: str, plain: str, vague: str) -> Wall:
    """A wall's patterns, in English and in the languages of wall_words.py."""
    if other := OTHER_LANGUAGES.get(reason):
        headline = f"{headline}|{other.headline}"
        plain, vague = f"{plain}|{other.plain}", f"{vague}|{other.vague}"
    return Wall(
        reason=reason,
        headline=re.compile(headline),
        plain=re.compile(plain, re.I | re.S),
        vague=re.compile(vague, re.I | re.S),
    )


_PIECE = r"(page|article|story|content|document|file)"
WALLS = (
    _wall(
        "not found page",
        r"(http |error )*404( error)?( (page )?not found)?|not found"
        rf"|(oops |sorry )*((this|the|that|your) )?{_PIECE}( not| no longer| is| was"
        r"| has| have| been| could| can| cannot| can t| couldn t| be){0,4}"
        r" (found|available|exists?|removed|deleted|moved|missing|gone|expired)"
        rf"|{_PIECE} (removed|deleted|moved|missing|gone|expired)"
        rf"|(we )?(can t|cannot|couldn t|could not) find (that|this|the|your) {_PIECE}",
        rf"\b{_PIECE}\b[^.]{{0,30}}\byou\b[^.]{{0,30}}(look(ing|ed) for|request|reach"
        r"|find|open|follow|want|asked)"
        rf"|\b(sorry|oops|unfortunately)\b[^.]{{0,60}}\b{_PIECE}\b[^.]{{0,60}}"
        r"(\bnot\b|n['’]t\b|no longer|removed|deleted|moved|expired)"
        rf"|\bwe\b[^.]{{0,30}}\bfind (the|that|this) {_PIECE}"
        rf"|\brequested (url|address|resource|{_PIECE})\b[^.]{{0,60}}not (be )?found"
        r"|nothing (was )?found (here|at this)",
        r"(page|article|story|content|file)[\w’' -]{0,40}(not be found"
        r"|not (found|available)|no longer (available|exists|on)|doesn['’]t exist"
        r"|(has|have) been (removed|deleted|moved|taken down))",
    ),
    _wall(
        "login wall",
        r"(please )?(sign|log) ?in( or (register|sign up|join|subscribe))?"
        r"( to .{1,40})?|login( required| page)?|register( now| here| for free)?"
        r"|register to (continue|read).{0,20}|subscribe to (continue|read).{0,20}"
        r"|(member|subscriber|user|customer)s? (login|log in|sign in|area|only)"
        r"|create (an|your|a free) account|authentication required"
        r"|(your )?session (has )?expired",
        r"\b(please|you (must|need to|have to))( be| first)? (sign|logg?)(ed)?[ -]?in\b"
        r"|\b(sign|log) ?in to (read|continue|view|access|see|unlock)\b"
        r"|\b(sign|log) ?in (with|to|using) your\b"
        r"|\b(register|subscribe|create an? (free )?account)( now| for free| today)? to"
        r" (continue|keep|read|unlock)\b"
        rf"|\bthis {_PIECE} is (only )?(available|open|reserved) (only )?(to|for)\b"
        r"[^.]{0,30}(members|subscribers|registered)",
        r"^(sign|log) ?in\b|\bpassword\b",
    ),
    _wall(
        "consent wall",
        r"before you (continue|go on)( to .{1,30})?|we value your privacy"
        r"|your privacy( choices| settings| matters)?|privacy (settings|choices)"
        r"|((manage|your) )*cookie (settings|preferences|consent|notice)"
        r"|(we|this (web)?site) uses? cookies",
        r"we value your privacy|\bwe and our (\d+ )?(\w+ )?partners\b"
        r"|\bour \d+ partners\b|\b(accept|reject|manage|allow) all (the )?cookies"
        r"|\bwe (use|store|set) cookies\b|consent to our (use|processing)",
        r"before you continue|(accept|store).{0,80}cookies.{0,200}(partners|consent)",
    ),
    _wall(
        "bot check",
        r"(just a|one) moment( please)?|attention required( cloudflare)?"
        r"|access (to this page )?(has been )?(denied|blocked|forbidden)"
        r"|security (check|verification)( required)?|(human|robot|bot) (check|verifica"
        r"tion)|are you (a )?(human|robot)|(error )?403( forbidden)?|forbidden"
        r"|(please )?(verify|confirm)(ing)? (that )?you are (a )?human"
        r"|(sorry )?you have been blocked|request (blocked|unsuccessful)"
        r"|pardon our interruption|checking your browser.{0,60}"
        r"|unusual traffic( (detected|from your).{0,40})?",
        r"checking (your browser|if the site connection)"
        r"|complet(e|ing) (the|a|this) (security check|captcha)"
        r"|(verify|confirm|prove|make sure|check)(ing)? (that )?you(['’]re| are)"
        r" (a )?(human|not a (ro)?bot)|are you (a )?(human|robot)\?"
        r"|i(['’]m| am) not a robot|unusual (traffic|activity) (from|on) your"
        r"|you (do not|don['’]t) have permission to (access|view)"
        r"|\byou (have been|were|are) blocked|\byour (ip|request|access)\b[^.]{0,40}"
        r"(blocked|denied)|\bray id\b",
        r"just a moment\b|attention required|security check|captcha|access denied"
        r"|unusual traffic",
    ),
    _wall(
        "error page",
        r"((http )?error )?50\d( (internal |server |bad |gateway |service |temporarily "
        r"|unavailable|error|timeout|time out)+)?|(internal )?server error"
        r"|service (temporarily )?unavailable|bad gateway|gateway time ?out"
        r"|(an )?(application |unexpected )?error( (has )?occurred)?"
        r"|something went wrong|error establishing a database connection|fatal error"
        r"|(site |down for |under |scheduled )*maintenance( mode)?|too many requests"
        r"|site (temporarily )?(unavailable|down)|we ll be (right )?back( soon)?",
        r"fatal error:|uncaught \w*(exception|error)|\bstack trace\b"
        r"|traceback \(most recent|error establishing a database connection"
        r"|\bthe server (encountered|is temporarily unable)|\bsqlstate\["
        r"|\b50\d (internal server error|bad gateway|service unavailable|gateway)"
        r"|something went wrong[^.]{0,30}(try again|our (end|side))"
        r"|\bwe(['’]re| are)\b[^.]{0,40}\b(maintenance|back (soon|shortly|online))",
        r"fatal error|internal server error|service unavailable|database connection",
    ),
    _wall(
        "needs JavaScript",
        r"(please )?(enable|turn on) javascript( to .{1,40})?"
        r"|javascript (is )?(required|disabled)",
        r"\b(please|must|need to|to) (enable|turn on|allow) javascript"
        r"|(site|page|app|application) (requires|needs) javascript"
        r"|javascript is (disabled|required|turned off|not enabled)",
        r"(enable|requires?|turn on) javascript",
    ),
)
"""In the order in which they are tried."""


def wall(page: Page, article: Article) -> Rejection | None:
    """Say which wall a page is that does not state its date in its metadata."""
    for kind in WALLS:
        if found := _words_of(kind, article):
            words, needed = found
            if len(signs := signs_of(page, article)) >= needed:
                detail = f"the text says {words!r}; {', '.join(signs)}"
                title = article.headline or None
                return Rejection(reason=kind.reason, detail=detail, title=title)
    return None


def _words_of(kind: Wall, article: Article) -> tuple[str, int] | None:
    """What a page says as such a wall would, and how many signs must go with it."""
    body = article.body[:MOST_CHARS]
    if kind.headline.fullmatch(words_key(article.headline)):
        return article.headline, PLAIN_SIGNS
    if found := kind.plain.search(QUOTED.sub(" ", body)):
        return found[0], PLAIN_SIGNS
    if found := kind.vague.search(f"{article.headline}\n{body}"):
        return found[0], VAGUE_SIGNS
    return None


def signs_of(page: Page, article: Article) -> list[str]:
    """What speaks for a wall, whatever its words; less what speaks for an article."""
    signs = []
    if article.published is None or article.sources.get("published") not in SHOWN:
        signs.append("no date is shown")
    if len(article.body.split()) < SHORT_WORDS:
        signs.append("the text is short")
    if READER.search(QUOTED.sub(" ", article.body)):
        signs.append("it speaks to the reader")
    signs += _marks(parse(decode(page.body, page.content_type)))
    return signs[NAMED_SIGNS:] if is_named(page, article) else signs


def _marks(tree: html.HtmlElement | None) -> list[str]:
    """Signs in the markup."""
    if tree is None:
        return []
    found = []
    if any((one.get("type") or "").lower() == "password" for one in tree.iter("input")):
        found.append("it asks for a password")
    if any(
        (one.get("name") or "").lower() == "robots"
        and "noindex" in (one.get("content") or "").lower()
        for one in tree.iter("meta")
    ):
        found.append("it is not for search engines")
    return found


def is_named(page: Page, article: Article) -> bool:
    """Whether a feed or the API lists the page under the headline that it shows."""
    if article.sources.get("headline") in ROUTE_WITNESS.values():
        return False
    headline = words_key(article.headline)
    return any(
        hint.route in NAMING_ROUTES and words_key(hint.title or "") == headline != ""
        for hint in page.hints
    )
