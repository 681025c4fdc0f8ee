"""In: feeds, sitemaps and addresses; out: whether we, and the libraries, read them so.

Feeds: as many items as expected, their addresses, titles and dates as `discovery.py`
compares them; feedparser is asked for the number of items and their addresses.
Sitemaps: exactly the expected page addresses from the start through its children;
Scrapy's reader walks the same way. Addresses: the WHATWG spelling of an http address,
or its refusal; one key for two spellings of one article's address; and parameters
that are tracking dropped, those that tell articles apart kept.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import discovery
import feedparser
from courlan import normalize_url
from scrapy.utils.sitemap import Sitemap
from suites import Case, Verdict, page_bytes, rows
from w3lib.url import safe_url_string

from crawler import urls
from crawler.discover.feeds import parse_feed


def feed_cases(folder: Path) -> Iterator[Case]:
    """Yield the feeds."""
    return rows(folder / "feeds" / "cases.jsonl")


def feeds_ours(case: Case) -> Verdict:
    """Whether we read a feed's items rightly; not scored without expectation."""
    headers = {k.lower(): v for k, v in case.get("headers", {}).items()}
    url = headers.get("content-location", discovery.FEED_ADDRESS)
    listing = parse_feed(page_bytes(case), url, headers.get("content-type"))
    tally = discovery.Tally()
    discovery.score_feed(case, listing, case["file"].partition("/")[0], tally)
    return not tally.misses if tally.total else None


def feeds_theirs(case: Case) -> Verdict:
    """Whether feedparser finds a feed's items and their addresses."""
    expected = case.get("items")
    if "expect" in case:
        expected = case["expect"].get("items") or []
    wanted = case.get("n_items") if expected is None else len(expected)
    if wanted is None:
        return None
    found = feedparser.parse(page_bytes(case), response_headers=case.get("headers"))
    if len(found.entries) != wanted:
        return False
    links = [url for item in expected or () if (url := discovery.expected_link(item))]
    got = {urls.join(discovery.FEED_ADDRESS, e.get("link", "")) for e in found.entries}
    return set(links) <= got


def sitemap_cases(folder: Path) -> Iterator[Case]:
    """Yield the sitemaps whose pages are known."""
    found = rows(folder / "sitemaps" / "cases.jsonl")
    return (case for case in found if case["locs"] is not None)


def sitemaps_ours(case: Case) -> Verdict:
    """Whether we find exactly the pages of a sitemap."""
    listings = discovery.walk(case, case["folder"], discovery.Tally())
    got = {entry.url for listing in listings for entry in listing.entries}
    return got == _wanted(case)


def _wanted(case: Case) -> set[str | None]:
    return {urls.join(url, url) for url in case["locs"]}


def sitemaps_theirs(case: Case) -> Verdict:
    """Whether Scrapy's reader, led through the children, finds exactly the pages."""
    queue = [case["start"]]
    if case["kind"] == "tree":
        queue = discovery.sitemaps_of_robots(case, case["folder"])
    seen: set[str] = set()
    got: set[str | None] = set()
    while queue and len(seen) < discovery.MAX_DOCUMENTS:
        url = queue.pop(0)
        served = case["site"].get(url)
        if url in seen or served is None or served["status"] != 200:
            continue
        seen.add(url)
        found = Sitemap(_inflated((case["folder"] / served["file"]).read_bytes()))
        links = [entry["loc"] for entry in found]
        if found.type == "sitemapindex":
            queue.extend(links)
        else:
            got.update(urls.join(url, link) for link in links)
    return got == _wanted(case)


def _inflated(body: bytes) -> bytes:
    return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body


def address_cases(folder: Path) -> Iterator[Case]:
    """Yield the http addresses of the parsing tests, absolute or with a base."""
    for case in rows(folder / "urls" / "parse.jsonl"):
        meant = str(case.get("href") or case.get("base") or case["input"])
        if meant.partition(":")[0].strip().lower() in ("http", "https"):
            yield {**case, "id": repr(case["input"])}


def addresses_ours(case: Case) -> Verdict:
    """Whether we spell an address as browsers do, or refuse it as they do."""
    found = urls.join(case.get("base") or "about:blank", case["input"])
    return found == (None if case.get("failure") else case["href"])


def addresses_theirs(case: Case) -> Verdict:
    """Whether the standard library joins, and w3lib spells, as browsers do."""
    try:
        found = safe_url_string(urljoin(case.get("base") or "", case["input"]))
    except ValueError:
        return bool(case.get("failure"))
    return not case.get("failure") and bool(found == case["href"])


def pair_cases(folder: Path) -> Iterator[Case]:
    """Yield the pairs of addresses of one article or of two."""
    for case in rows(folder / "urls" / "pairs.jsonl"):
        yield {**case, "id": f"{case['a']} {case['b']}"}


def pairs_ours(case: Case) -> Verdict:
    """Whether our keys are the same where the articles are."""
    return bool((urls.key(case["a"]) == urls.key(case["b"])) == case["same"])


def pairs_theirs(case: Case) -> Verdict:
    """Whether courlan's strict spelling is the same where the articles are."""
    a, b = (normalize_url(case[name], strict=True) for name in ("a", "b"))
    return bool((a == b) == case["same"])


def name_cases(folder: Path) -> Iterator[Case]:
    """Yield names of parameters: those that several lists call tracking, and those
    that carry a page's identity. What a single list names is information only."""
    for case in rows(folder / "urls" / "tracking.jsonl"):
        if case.get("agreed") or case.get("must_keep"):
            yield {**case, "id": case["param"]}


def names_ours(case: Case) -> Verdict:
    """Whether a parameter goes if it is tracking, and stays if it is identity."""
    kept = "?" in urls.canonical(f"https://www.example.org/story?{case['param']}=1")
    return kept == bool(case.get("must_keep"))


def names_theirs(case: Case) -> Verdict:
    """Whether courlan's strict spelling drops and keeps the same."""
    url = f"https://www.example.org/story?{case['param']}=1"
    return ("?" in normalize_url(url, strict=True)) == bool(case.get("must_keep"))
