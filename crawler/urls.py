"""In: addresses as sites write them; out: one spelling of each. Pure functions.

`canonical` gives the spelling to fetch and to store; `key` goes further and tells
whether two addresses name the same article. Parsing is WHATWG's (ada).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_plus

import ada_url

from crawler.errors import InvalidUrl
from crawler.parameters import is_noise, is_session

# Servers refuse longer ones (RFC 9110 4.1 asks for 8,000 to be accepted).
MAX_CHARS = 8_000

_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
# What WHATWG leaves raw though RFC 3986 allows it in neither path nor query.
_UNSAFE = re.compile(r"[\"<>\[\\\]^`{|}]")
_ESCAPED_AMPERSAND = re.compile(r"^(?:amp;)+")
_PATH_PARAMETER = re.compile(r";([^;=/]*)=([^;/]*)")
_DRESS_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_AMP_PATH = re.compile(r"^/amp(?=/.)|/amp/?$|\.amp(?=$|\.html?$)")
_INDEX_PAGE = re.compile(r"/index\.(?:html?|php)$")
_FIRST_PAGE = frozenset(["page=1", "paged=1"])
# What marks another view of a page: AMP, to be printed, for telephones.
_VIEW = "amp|print|printer|printable|print-?view|print-?version|mobile|m|drucken|druck"
_VIEW_WORD = re.compile(r"amp|print|druck|mobile|component|[/?&]m\b|imprim|stamp", re.I)
_VIEW_HOST = re.compile(r"(?:amp|m|mobile)\.(?=[^.]+\.)")
_VIEW_PATH = re.compile(
    rf"^/(?:{_VIEW}|imprimer|imprimir|stampa)(?=/.)|"
    rf"(?<=[^/])/(?:{_VIEW}|imprimer|imprimir|stampa)/?$|"
    r"[.,_-](?:amp|print|druck|drucken)(?=$|\.\w{3,5}$)",
    re.IGNORECASE,
)
_VIEW_PIECE = re.compile(
    r"(?:amp|print|printable|printer|druck|mobile|m)(?:=(?:1|true|yes|y|on|amp)?)?|"
    r"(?:output_?type|output|format|view|mode|layout|version|action|type|theme|tmpl)"
    r"=(?:amp|amphtml|print|printable|printer|mobile|component)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Parts:
    """An http(s) address cut up, in WHATWG spelling."""

    scheme: str
    host: str
    """Lower case, IDNA, without a trailing dot."""
    port: str
    """With its colon; empty for the scheme's own."""
    path: str
    query: str
    """Without its question mark."""
    fragment: str
    """With its hash."""


def canonical(url: str) -> str:
    """The one spelling under which an address is fetched and stored.

    Tracking and session parameters, fragment, credentials and default port go; the
    order of the other parameters stays. A `#!` fragment stays, because it chooses the
    page. Applying it twice changes nothing.

    Raises:
        InvalidUrl: the address is no http(s) address.
    """
    parts = _parse(url)
    path = _percent(parts.path)
    if ";" in path:
        path = _without_sessions(path)
        path = _parse(f"http://x{path}").path
    query = "&".join(_parameters(parts.query))
    bang = parts.fragment if parts.fragment.startswith("#!") else ""
    return (
        f"{parts.scheme}://{parts.host}{parts.port}{path}"
        f"{'?' + query if query else ''}{_percent(bang)}"
    )


def key(url: str) -> str:
    """What two addresses of the same article share; not meant to be fetched.

    Beyond `canonical` it evens out http and https, www., m. and amp. hosts, AMP paths,
    doubled and trailing slashes, index pages, `page=1` and the parameters' order.

    Raises:
        InvalidUrl: the address is no http(s) address.
    """
    parts = _parse(canonical(url))
    path = re.sub(r"/{2,}", "/", parts.path)
    path = _INDEX_PAGE.sub("", _AMP_PATH.sub("", path)).rstrip("/")
    pieces = [p for p in parts.query.split("&") if p and p.lower() not in _FIRST_PAGE]
    pieces.sort(key=lambda piece: piece.partition("=")[0])
    query = "?" + "&".join(pieces) if pieces else ""
    name = _DRESS_HOST.sub("", parts.host)
    return f"{name}{parts.port}{path or '/'}{query}{parts.fragment}"


def page_key(url: str) -> str:
    """What the addresses of one page share, its AMP, print and mobile views included.

    Beyond `key` it evens out what marks a view. Different pages may share it (an
    article filed under /mobile/ and one of the same name outside): what is spelled
    alike comes first.

    Raises:
        InvalidUrl: the address is no http(s) address.
    """
    return _undressed(url) if is_dressed(url) else key(url)


def is_dressed(url: str) -> bool:
    """Whether an address is spelled like an AMP, print or mobile view of another one.

    An address that cannot be read is not.
    """
    if not _VIEW_WORD.search(url):  # a sitemap may name 20,000 addresses
        return False
    try:
        parts = _parse(canonical(url))
    except InvalidUrl:
        return False
    pieces = parts.query.split("&")
    return bool(_VIEW_PATH.search(parts.path)) or any(
        map(_VIEW_PIECE.fullmatch, pieces)
    )


def is_view_host(url: str) -> bool:
    """Whether an address lies on a host named for telephones or AMP."""
    try:
        return bool(_VIEW_HOST.match(host(url)))
    except InvalidUrl:
        return False


def is_twin(plain: str, url: str) -> bool:
    """Whether an address differs from a plainer one only by what marks another view.

    That is a part of the path, a parameter, or `amp.`, `m.` or `mobile.` before the
    host. Whether it is one is for the page to say.
    """
    try:
        if is_dressed(plain) or not (is_dressed(url) or is_view_host(url)):
            return False
        same = _undressed(plain) == _undressed(url)
        return same and canonical(plain) != canonical(url)
    except InvalidUrl:
        return False


def _undressed(url: str) -> str:
    """What a page's address has in common with those of its other views."""
    parts = _parse(canonical(url))
    kept = [p for p in parts.query.split("&") if p and not _VIEW_PIECE.fullmatch(p)]
    path = _VIEW_PATH.sub("", parts.path)
    plain = f"{parts.scheme}://{parts.host}{parts.port}{path or '/'}"
    return key(plain + (f"?{'&'.join(kept)}" if kept else ""))


def join(base: str, href: str) -> str | None:
    """The absolute http(s) address of a link, WHATWG spelling; None if unusable.

    Never raises: `javascript:`, `mailto:`, malformed and over-long links give None.
    """
    if len(href) > MAX_CHARS:
        return None
    try:
        url = ada_url.join_url(base, href)
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def host(url: str) -> str:
    """The host in lower case, IDNA, without port and trailing dot.

    Raises:
        InvalidUrl: the address is no http(s) address.
    """
    return _parse(url).host


def origin(url: str) -> str:
    """Scheme, host and port, such as `https://example.com`; default port left out.

    Raises:
        InvalidUrl: the address is no http(s) address.
    """
    parts = _parse(url)
    return f"{parts.scheme}://{parts.host}{parts.port}"


def same_site(a: str, b: str) -> bool:
    """Whether host and port are equal, a leading `www.` and the scheme aside.

    A string that is no http(s) address is on no site.
    """
    try:
        one, two = _parse(a), _parse(b)
    except InvalidUrl:
        return False
    return _bare(one) == _bare(two)


def path_and_query(url: str) -> str:
    """Path and query of an address, percent-encoding normalised.

    Raises:
        InvalidUrl: the address is no http(s) address.
    """
    parts = _parse(url)
    return _percent(parts.path) + ("?" + parts.query if parts.query else "")


def _bare(parts: _Parts) -> str:
    return parts.host.removeprefix("www.") + parts.port


@lru_cache(maxsize=2_048)
def _parse(url: str) -> _Parts:
    if len(url) > MAX_CHARS:
        raise InvalidUrl(url, f"longer than {MAX_CHARS:,} characters")
    try:
        parsed = ada_url.URL(url.strip())
    except ValueError as error:
        raise InvalidUrl(url, "it cannot be parsed") from error
    scheme = str(parsed.protocol).removesuffix(":")
    name = str(parsed.hostname).rstrip(".")
    if scheme not in ("http", "https"):
        raise InvalidUrl(url, f"its scheme is {scheme}")
    if not name:
        raise InvalidUrl(url, "it has no host")
    return _Parts(
        scheme=scheme,
        host=name,
        port=f":{parsed.port}" if parsed.port else "",
        path=str(parsed.pathname),
        query=str(parsed.search).removeprefix("?"),
        fragment=str(parsed.hash),
    )


def _percent(text: str) -> str:
    """Unreserved characters decoded, hex digits in capitals, stray signs encoded."""

    def spell(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%25"
        letter = chr(int(match[1], 16))
        return letter if letter in _UNRESERVED else match[0].upper()

    encoded = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", text)
    return _PERCENT.sub(spell, encoded) if "%" in encoded else encoded


def _without_sessions(path: str) -> str:
    def keep(match: re.Match[str]) -> str:
        return "" if is_session(match[1], match[2]) else match[0]

    return _PATH_PARAMETER.sub(keep, path)


def _parameters(query: str) -> list[str]:
    """The pieces of a query that choose the page, in their order."""
    kept = []
    for raw in _percent(query).split("&"):
        piece = _ESCAPED_AMPERSAND.sub("", raw)
        name, _, value = piece.partition("=")
        if piece and not is_noise(unquote_plus(name), unquote_plus(value)):
            kept.append(piece)
    return kept
