"""What the archive keeps of a page: records that stages fill and write.py stores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from archive.history.changed import Change

BlockKind = Literal[
    "paragraph", "subhead", "quote", "list_item", "numbered_item", "table_row", "entry"
]
ArticleKind = Literal[
    "news", "opinion", "interview", "analysis", "review", "sponsored",
    "press_release", "live", "podcast", "event",
]  # fmt: skip
LinkRole = Literal["inline", "related", "teaser", "sponsored"]
AuthorKind = Literal["person", "agency", "organisation"]
"""Whom a byline names: an agency is a news agency."""
Precision = Literal["second", "minute", "day"]
Access = Literal["open", "paywalled", "truncated"]
"""How much of an article its page shows: all of it; a part, with a wall before the
rest; a part, with a pointer to the rest or where the text breaks off."""
NoticeKind = Literal["correction", "clarification", "update", "editor_note"]
CaptureKind = Literal["response", "resource"]
"""WARC-Type: what a server sent, or a text that was imported."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One text block of an article's body, in reading order."""

    kind: BlockKind
    """What the block is. A list or a table is a run of its items or rows; an entry of
    a live blog is a block "entry" and the blocks after it, up to the next one."""
    text: str
    """Its text on one line, white space folded; never empty. The cells of a table
    row are separated by " | "."""
    level: int = 0
    """Subhead: heading level 2 to 6. List item: depth, 0 outermost. Table row: 1 for
    a header row. Otherwise 0."""
    at: str | None = None
    """Of an entry, its instant in UTC, YYYY-MM-DDTHH:MM:SSZ; None where the page tells
    no more than a time of day, and for every other kind."""
    author: str | None = None
    """Of an entry, who wrote it, where the page names one; None for other kinds."""

    @property
    def row(self) -> list[str | int | None]:
        """The block as `revisions.blocks` holds it, for JSON."""
        row: list[str | int | None] = [self.kind, self.level, self.text]
        return [*row, self.at, self.author] if self.kind == "entry" else row


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A date or an instant as a site states it."""

    on: str
    """The calendar day in the site's own time zone, YYYY-MM-DD."""
    at: str | None = None
    """The instant in UTC, YYYY-MM-DDTHH:MM:SSZ; None where only the day is known."""
    zone: str | None = None
    """Where the offset came from: an IANA name or an offset such as "+01:00"; None
    where only the day is known."""
    precision: Precision = "day"
    """How finely the site states it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture of the article: the one that leads it, or one in its text."""

    url: str
    """Absolute http(s) address."""
    caption: str | None = None
    """What it shows, as printed, without credit and licence."""
    credit: str | None = None
    """Who made it or owns it, without "Photo:" and the like."""
    licence: str | None = None
    """As printed, such as "CC BY 2.0"; of a Creative Commons deed its short form."""
    after_block: int = 0
    """How many blocks of the text stand above it; 0 for an image that leads the text,
    or that the page only names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What a newsroom says of the article itself: that it was corrected, and why."""

    kind: NoticeKind
    text: str
    """The whole notice on one line, as printed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link that the article page carries, kept as a link and never as text."""

    role: LinkRole
    url: str
    """Absolute http(s) address."""
    text: str
    """Anchor text, white space folded."""
    key: int | None = None
    """Number of the address, the same for all spellings of one page; None where it
    cannot be read."""
    is_list: bool = False
    """Whether address or text are those of a list of articles."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One piece of journalism as cut out of one page."""

    url: str
    """Canonical URL: the page's own claim where it is credible, else its address."""
    headline: str
    """Without the site's name."""
    standfirst: str | None = None
    """The paragraph under the headline; never repeated in blocks."""
    blocks: tuple[Block, ...] = ()
    """The body in reading order."""
    authors: tuple[str, ...] = ()
    """Names in the order of the byline, without "By" and roles."""
    author_kinds: Mapping[str, AuthorKind] = field(default_factory=dict)
    """What each of these names stands for; a person where nothing is said."""
    published: Moment | None = None
    updated: Moment | None = None
    section: str | None = None
    """The narrowest section the page names, as displayed."""
    section_path: tuple[str, ...] = ()
    """The sections that the page names, broadest first, without the home page and the
    headline; its last is `section` wherever the page's witnesses agree."""
    kind: ArticleKind = "news"
    """What sort of journalism, or of advertising, it is; "news" unless something on
    the page says otherwise."""
    kind_evidence: str = "nothing says otherwise"
    """What says so, for a person; `sources["kind"]` is the witness, if there is one."""
    tags: tuple[str, ...] = ()
    language: str | None = None
    """BCP 47, lower case, such as "en" or "en-gb"."""
    image: Image | None = None
    """The lead image."""
    images: tuple[Image, ...] = ()
    """The pictures in the text, in reading order; the lead image is none of them."""
    access: Access = "open"
    access_evidence: str | None = None
    """Why the page is said to show a part only; None for an open one."""
    notices: tuple[Notice, ...] = ()
    """In the order of the page; most stand in the text too."""
    links: tuple[Link, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    """Field name to the witness that gave it: "json-ld", "open graph", "meta",
    "microdata", "profile", "html", "feed", "sitemap", "section", "wordpress",
    "url", "text", "memory"."""

    @property
    def body(self) -> str:
        """The body as plain text, one block a line."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """Where the bytes of one response lie; see captures.py."""

    file: str
    """WARC file's name inside the captures folder."""
    offset: int
    """First byte of the record's gzip member."""
    length: int
    """Bytes of the gzip member."""
    digest: str
    """WARC-Payload-Digest, "sha1:" and base32, of the payload as it was sent."""
    url: str
    """WARC-Target-URI: the address that answered."""
    status: int
    """HTTP status; 0 for an imported text, which no server sent."""
    content_type: str | None
    fetched_at: str
    """UTC instant, ISO 8601."""
    kind: CaptureKind = "response"


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """How a capture's page was come by, as JSON text that re-extraction reads."""

    passed: str = "[]"
    """List of the addresses that redirected to it, the one asked for first."""
    hints: str = "[]"
    """List of what the routes said of it."""
    part_of: int | None = None
    """Of a further page of an article: the capture of its first page."""


Outcome = Literal[
    "stored", "revised", "unchanged", "alias", "rejected", "failed", "disallowed"
]
"""What became of one URL in one crawl; `stored` to `alias` are decided in revise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A publication as the archive lists it; the columns of `sites`."""

    name: str
    title: str
    home: str
    language: str | None = None
    timezone: str | None = None
    verified: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetch:
    """One URL's fetch in one crawl, whatever came of it."""

    crawl_id: int
    site: str
    url: str
    """Normalised address that was asked for."""
    at: str
    """UTC instant, ISO 8601."""
    final_url: str | None = None
    """Normalised address that answered; None without an answer."""
    passed: tuple[str, ...] = ()
    """Normalised addresses of the redirects in between."""
    status: int | None = None
    capture_id: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    stated_at: str | None = None
    """UTC instant of the newest change that a route stated of the page by then."""
    imported: bool = False
    """Whether its text was imported: nobody asks for it at its address, ever."""
    parts: tuple[Fetch, ...] = ()
    """The fetches of the further pages of the same article, in their order."""
    refusal: Rejection | None = None
    """Of a further page: why its text is not taken; None if it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejection:
    """Why a page is no article."""

    reason: str
    """One of the reasons that pipelines/grounds.py lists."""
    detail: str
    """The evidence, for a person."""
    title: str | None = None
    """What the page calls itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Maker:
    """What cut a page; pipelines/made.py names both."""

    extractor: str = ""
    """Name and version; empty if unknown."""
    profile: str = ""
    """Digest of what the site's profile said; empty if unknown."""


UNKNOWN_MAKER = Maker()
"""Of what nobody noted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """An article that the archive already has, as far as deciding needs it."""

    article_id: int
    site: str
    url: str
    headline: str
    text_digest: str
    body_digest: str
    published_on: str | None = None
    """The day of its publication, YYYY-MM-DD; None if unknown."""
    relation: str = "fetched"
    """How the address led to it, as in `urls`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What the archive knows of one address before it is fetched again."""

    url: str
    outcome: str
    fetched_at: str | None
    due_at: str | None
    etag: str | None
    last_modified: str | None
    stated_at: str | None = None
    """UTC instant of the newest change that a route had stated when it was fetched."""
    part_of: str | None = None
    """Where the first page of the article lies of which it is a further page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What is to be done with an article; made by the pipelines, carried out here."""

    outcome: Outcome
    article_id: int | None
    """The article it belongs to; None for a new one."""
    url: str
    """Canonical URL that a new article gets."""
    claimed: str | None = None
    """The page's own canonical URL, where it is believed and not the address itself."""
    displaced: tuple[int, str] | None = None
    """An article whose own address changes, and the one it gets: it held the old one
    by a claim that is not believed any more, or has now been fetched where it claimed
    to be."""
    change: Change | None = None
    """Of `revised`: what changed; None for every other outcome."""
    leads: str | None = None
    """The canonical URL that an archived article has from now on; None: as it was."""
    absorbs: int | None = None
    """An article of the same crawl that turns out to be this one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Digests:
    """Versioned digests of an article's text."""

    text: str
    """Of headline, standfirst and body."""
    body: str
    """Of the words of the body alone."""
    headline: str
    """Of the words of the headline alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteState:
    """One answer of a feed, sitemap, section page or API; the columns of `routes`."""

    url: str
    site: str
    kind: str
    fetched_at: str
    status: int
    entries: int = 0
    etag: str | None = None
    last_modified: str | None = None
    problem: str | None = None
    named: tuple[str, ...] | None = None
    """The normalised addresses of its entries, in order; None if it did not tell."""

    @property
    def is_unchanged(self) -> bool:
        """Whether it is as it was; a 304 that nobody asked for tells nothing."""
        return self.status == 304 and self.problem is None


@dataclass(frozen=True, kw_only=True, slots=True)
class CrawlEnd:
    """How a crawl of one site ended; what `fetches` cannot tell."""

    finish: Literal["finished", "stopped", "failed"]
    found: int
    known: int
    requests: int
    problems: tuple[str, ...] = ()
    routes: tuple[RouteState, ...] = ()
    rules: str = ""
    """Digest of the rules that chose which addresses are articles."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedPages:
    """Pages of one crawl that were not had, for one reason."""

    reason: str
    count: int
    url: str
    """One of their addresses."""

    def __str__(self) -> str:
        """Tell it in a line."""
        more = f" (and {self.count - 1} more)" if self.count > 1 else ""
        return f"{self.url}{more}: {self.reason}"
