"""In: the parsed TOML of one profile; out: a checked `Profile`, or `ProfileError`.

`KEYS` is the whole format; docs/site-profiles.md documents each of its keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

import soupsieve

from crawler.errors import InvalidUrl, ProfileError
from crawler.sites.profile import (
    DEFAULT_DELAY_SECONDS,
    DEFAULT_MAX_PAGES,
    Check,
    DatedSelectors,
    Profile,
)
from crawler.urls import host, join, origin

FIELDS = (
    "headline",
    "standfirst",
    "body",
    "authors",
    "published",
    "updated",
    "section",
    "tags",
    "image",
    "caption",
    "credit",
)
KEYS: Mapping[str, tuple[str, ...]] = {
    "": (
        "title",
        "home",
        "hosts",
        "language",
        "timezone",
        "delay_seconds",
        "max_pages",
        "verified",
        "source",
        "disabled",
        "routes",
        "urls",
        "selectors",
        "removals",
        "checks",
    ),
    "routes": ("feeds", "sitemaps", "sections", "wordpress"),
    "urls": ("article", "ignore"),
    "selectors": (*FIELDS, "dated"),
    "selectors.dated": ("until", *FIELDS),
    "removals": ("css",),
    "checks": ("url", "contains"),
}
REQUIRED = ("title", "home", "verified", "source")

# What a WordPress posts collection is asked for where the profile gives no query:
# everything a hint needs, and no article bodies.
WORDPRESS_QUERY = (
    "per_page=100&_embed=author,wp:term&_fields="
    "id,link,guid,date_gmt,modified_gmt,title,excerpt,_links,_embedded"
)

_Number = TypeVar("_Number", int, float)

_NAME = re.compile(r"[a-z0-9_-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Table:
    """One table of a profile file, with the file's and its own name for messages."""

    path: Path
    name: str
    """Dotted name; empty for the top level."""
    values: Mapping[str, Any]

    def key(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def fail(self, key: str, reason: str) -> NoReturn:
        raise ProfileError(self.path, self.key(key), reason)

    def get(self, key: str, kind: type[Any], what: str, default: Any = None) -> Any:
        """The value of a key, of exactly that type; an integer passes for a float."""
        value = self.values.get(key, default)
        if kind is float and type(value) is int:
            return float(value)
        if value is not default and type(value) is not kind:
            self.fail(key, f"must be {what}, not {_shown(value)}")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """The value as strings: one string or a list of them, none empty."""
        value = self.values.get(key, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(
            isinstance(item, str) and item.strip() for item in listed
        ):
            self.fail(key, f"must be a string or a list of them, not {_shown(value)}")
        return tuple(item.strip() for item in listed)

    def tables(self, key: str) -> tuple[_Table, ...]:
        """The tables of an array of tables."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(i, dict) for i in value):
            self.fail(key, f"must be tables, written [[{self.key(key)}]]")
        return tuple(self._part(key, item) for item in value)

    def table(self, key: str) -> _Table:
        """One table; an empty one if the file has none of that name."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.fail(key, f"must be a table, written [{self.key(key)}]")
        return self._part(key, value)

    def _part(self, key: str, values: Mapping[str, Any]) -> _Table:
        part = _Table(path=self.path, name=self.key(key), values=values)
        part.refuse_unknown()
        return part

    def refuse_unknown(self) -> None:
        """Raise for the first key that the format does not have."""
        known = KEYS[self.name]
        for key in self.values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                hint = f" Did you mean {near[0]!r}?" if near else ""
                self.fail(key, f"unknown key.{hint} Known keys: {', '.join(known)}.")


def build(values: Mapping[str, Any], path: Path) -> Profile:
    """Check the parsed TOML of a profile file and make its `Profile`.

    Raises:
        ProfileError: naming the file and the key, for the first fault found.
    """
    top = _Table(path=path, name="", values=values)
    if not _NAME.fullmatch(path.stem):
        raise ProfileError(path, None, "a file name may hold a-z, 0-9, _ and - only")
    top.refuse_unknown()
    for key in REQUIRED:
        if key not in values:
            top.fail(key, "is required and missing")
    home = _home(top)
    routes, urls, selectors = map(top.table, ("routes", "urls", "selectors"))
    return Profile(
        name=path.stem,
        title=_text(top, "title"),
        home=home,
        hosts=_hosts(top),
        language=_language(top),
        timezone=_timezone(top),
        delay_seconds=_at_least(top, "delay_seconds", 0.0, DEFAULT_DELAY_SECONDS),
        max_pages=_at_least(top, "max_pages", 1, DEFAULT_MAX_PAGES),
        verified=top.get("verified", bool, "true or false"),
        source=_text(top, "source"),
        disabled=top.get("disabled", bool, "true or false", False),
        **_routes(routes, home),
        article=_patterns(urls, "article"),
        ignore=_patterns(urls, "ignore"),
        selectors=_selectors(selectors),
        dated=_dated(selectors),
        removals=_css(top.table("removals"), "css"),
        checks=tuple(_check(table, home) for table in top.tables("checks")),
    )


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _text(table: _Table, key: str) -> str:
    value: str = table.get(key, str, "a string")
    if not isinstance(value, str) or not value.strip():
        table.fail(key, "must be a string that is not empty")
    return value.strip()


def _home(top: _Table) -> str:
    value = _text(top, "home")
    try:
        origin(value)
    except InvalidUrl as error:
        raise ProfileError(top.path, "home", str(error)) from error
    return _address(top, "home", value, value)


def _address(table: _Table, key: str, home: str, value: str) -> str:
    url = join(home, value)
    if url is None:
        table.fail(key, f"{value!r} is no http(s) address, absolute or relative")
    return url


def _hosts(top: _Table) -> tuple[str, ...]:
    for value in (values := top.strings("hosts")):
        try:
            good = _HOST.fullmatch(value) and host(f"https://{value}/") == value
        except InvalidUrl:
            good = False
        if not good:
            top.fail("hosts", f"{value!r} is no host name; write it without https://")
    return values


def _language(top: _Table) -> str | None:
    value: str | None = top.get("language", str, "a string")
    if value is not None and not _LANGUAGE.fullmatch(value.lower()):
        top.fail("language", f'{value!r} is no BCP 47 code such as "en-gb"')
    return value.lower() if value else None


def _timezone(top: _Table) -> str:
    value: str = top.get("timezone", str, "a string", "UTC")
    try:
        ZoneInfo(value)
    except (OSError, ValueError, LookupError):
        top.fail("timezone", f'{value!r} is no IANA time zone such as "Europe/London"')
    return value


def _at_least(table: _Table, key: str, least: _Number, default: _Number) -> _Number:
    kind = type(least)
    value: _Number = table.get(key, kind, f"a number of at least {least}", default)
    if not least <= value < float("inf"):
        table.fail(key, f"must be at least {least} and finite, not {value}")
    return value


def _routes(routes: _Table, home: str) -> dict[str, tuple[str, ...]]:
    found = {
        key: tuple(_address(routes, key, home, value) for value in routes.strings(key))
        for key in KEYS["routes"]
    }
    if not any(found.values()):
        raise ProfileError(
            routes.path,
            "routes",
            f"needs at least one address under {', '.join(KEYS['routes'])}",
        )
    found["wordpress"] = tuple(map(_posts_address, found["wordpress"]))
    return found


def _posts_address(url: str) -> str:
    """A posts collection with a query, from it alone or from the API's root."""
    if "?" in url:
        return url
    if re.search(r"/wp-json/?$", url):
        url = url.rstrip("/") + "/wp/v2/posts"
    return f"{url}?{WORDPRESS_QUERY}"


def _patterns(table: _Table, key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_compiled(table, key, text) for text in table.strings(key))


def _compiled(table: _Table, key: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        table.fail(key, f"{text!r} is no regular expression: {error}")


def _css(table: _Table, key: str) -> tuple[str, ...]:
    for text in (texts := table.strings(key)):
        try:
            soupsieve.compile(text)
        except (soupsieve.SelectorSyntaxError, ValueError) as error:
            reason = str(error).splitlines()[0]
            table.fail(key, f"{text!r} is no CSS selector: {reason}")
    return texts


def _selectors(table: _Table) -> dict[str, tuple[str, ...]]:
    return {name: _css(table, name) for name in FIELDS if name in table.values}


def _dated(selectors: _Table) -> tuple[DatedSelectors, ...]:
    found = [
        DatedSelectors(until=_until(table), selectors=_selectors(table))
        for table in selectors.tables("dated")
    ]
    return tuple(sorted(found, key=lambda old: old.until))


def _until(table: _Table) -> date:
    value = table.values.get("until")
    if not isinstance(value, date) or isinstance(value, datetime):
        table.fail("until", f"must be a date such as 2026-02-03, not {_shown(value)}")
    return value


def _check(table: _Table, home: str) -> Check:
    url = _address(table, "url", home, _text(table, "url"))
    return Check(url=url, contains=_text(table, "contains"))
