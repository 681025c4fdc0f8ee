"""In: the folders `feeds` and `sitemaps` of a conformance set; out: right per total.

    python benchmarks/discovery.py DIR [--misses]

Feeds: "counts" is right if entries and items left out together are as many as the
expected items, so an item without address counts as read though nothing can be fetched
for it; "links" if the expected addresses are all found and in order. Titles and dates
are compared for items whose address was found, a date without offset as UTC midnight.
Sitemaps: "locs" is right if exactly the expected addresses, in WHATWG spelling, are
found from the start through its children. Cases without expectation are only read.
"""

from __future__ import annotations

import argparse
import html
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.discover.feeds import parse_feed
from crawler.discover.listing import Listing
from crawler.discover.sitemaps import parse_sitemap
from crawler.urls import join

FEED_ADDRESS = "http://feed.example/"
MAX_DOCUMENTS = 50


@dataclass(kw_only=True)
class Tally:
    """What was right, of how many, and what was missed."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    seconds: float = 0.0
    bytes_read: int = 0

    def count(self, suite: str, right: bool, miss: str) -> None:
        """Count one case of a suite and keep its miss."""
        self.total[suite] += 1
        self.right[suite] += right
        if not right:
            self.misses.append(f"{suite}: {miss[:400]}")


def cases(folder: Path) -> Iterator[dict[str, Any]]:
    """The cases of a suite; none where the folder has no cases.jsonl."""
    path = folder / "cases.jsonl"
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def measure_feeds(folder: Path, tally: Tally) -> None:
    """Every feed: no exception; those with an expectation: count, links, titles."""
    for case in cases(folder):
        headers = {k.lower(): v for k, v in case.get("headers", {}).items()}
        body = (folder / case["file"]).read_bytes()
        url = headers.get("content-location", FEED_ADDRESS)
        began = time.process_time()
        listing = parse_feed(body, url, headers.get("content-type"))
        tally.seconds += time.process_time() - began
        tally.bytes_read += len(body)
        suite = case["file"].partition("/")[0]
        tally.count(f"feeds/{suite} read without exception", True, "")
        score_feed(case, listing, suite, tally)


def score_feed(
    case: Mapping[str, Any], listing: Listing, suite: str, tally: Tally
) -> None:
    """Compare one listing with the case's expectation, where it has one."""
    expected = case.get("items")
    if "expect" in case:
        expected = case["expect"].get("items") or []
    wanted = case.get("n_items") if expected is None else len(expected)
    if wanted is None:
        return
    found = len(listing.entries) + listing.left_out
    name = f"feeds/{suite}"
    tally.count(f"{name} counts", found == wanted, f"{case['file']} {found}/{wanted}")
    if not expected:
        return
    links = [link for item in expected if (link := expected_link(item))]
    got = [entry.url for entry in listing.entries]
    if links:
        miss = f"{case['file']} {got[:3]} for {links[:3]}"
        in_order = [url for url in got if url in set(links)]
        tally.count(f"{name} links", in_order == list(dict.fromkeys(links)), miss)
        extra = set(got) - set(links)
        tally.count(f"{name} no other links", not extra, f"{case['file']} {extra}")
    score_items(case, expected, listing, tally)


def score_items(
    case: Mapping[str, Any], expected: list[Any], listing: Listing, tally: Tally
) -> None:
    """Compare titles and dates of the items that have a link."""
    suite = "feeds/" + case["file"].partition("/")[0]
    by_url = {entry.url: entry.hint for entry in listing.entries}
    for item in expected:
        hint = by_url.get(expected_link(item) or "")
        if hint is None:
            continue
        if title := folded(item.get("title")):
            miss = f"{case['file']} {hint.title!r} for {title!r}"
            tally.count(f"{suite} titles", folded(hint.title) == title, miss)
        if stated := item.get("publishedParsed") or item.get("published"):
            miss = f"{case['file']} {hint.published!r} for {stated!r}"
            right = instant(hint.published) == instant(stated)
            tally.count(f"{suite} dates", right, miss)


def expected_link(item: Mapping[str, Any]) -> str | None:
    """The expectation's link in WHATWG spelling; None if it is no http(s) address."""
    link = item.get("link")
    return join(FEED_ADDRESS, link) if link else None


def folded(text: str | None) -> str:
    """Text as the suite compares it."""
    return " ".join(html.unescape(text or "").split())


def instant(text: str | None) -> datetime | None:
    """An ISO instant in UTC; a text without offset counts as UTC."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def measure_sitemaps(folder: Path, tally: Tally) -> None:
    """Every case: no exception; those with locs: exactly these are found."""
    for case in cases(folder):
        began = time.process_time()
        listings = walk(case, folder, tally)
        tally.seconds += time.process_time() - began
        entries = [entry for listing in listings for entry in listing.entries]
        got = {entry.url for entry in entries}
        tally.count("sitemaps read without exception", True, "")
        if case["locs"] is not None:
            right = got == {join(url, url) for url in case["locs"]}
            miss = f"{case['id']} {sorted(got)[:3]} for {case['locs'][:3]}"
            tally.count("sitemaps locs", right, miss)
        elif case.get("children"):
            found = {child for listing in listings for child in listing.children}
            right = found == set(case["children"])
            tally.count("sitemaps children", right, f"{case['id']} {found}")
        score_news(case, {entry.url: entry.hint for entry in entries}, tally)


def score_news(case: Mapping[str, Any], hints: Mapping[str, Any], tally: Tally) -> None:
    """Compare news titles and dates, where the case states them."""
    for item in case.get("items") or ():
        if not isinstance(item, dict) or item.get("loc") not in hints:
            continue
        hint = hints[item["loc"]]
        if "news_title" in item:
            right = folded(hint.title) == folded(item["news_title"])
            miss = f"{case['id']} {hint.title!r} for {item['news_title']!r}"
            tally.count("sitemaps news titles", right, miss)
        if "news_date" in item:
            right = instant(hint.published) == instant(item["news_date"])
            miss = f"{case['id']} {hint.published!r} for {item['news_date']!r}"
            tally.count("sitemaps news dates", right, miss)


def walk(case: Mapping[str, Any], folder: Path, tally: Tally) -> list[Listing]:
    """The sitemaps of a case, from its start; a home page leads on by robots.txt."""
    queue = [case["start"]]
    if case["kind"] == "tree":
        queue = sitemaps_of_robots(case, folder)
    seen: set[str] = set()
    listings = []
    while queue and len(seen) < MAX_DOCUMENTS:
        url = queue.pop(0)
        served = case["site"].get(url)
        if url in seen or served is None or served["status"] != 200:
            continue
        seen.add(url)
        body = (folder / served["file"]).read_bytes()
        tally.bytes_read += len(body)
        listings.append(parse_sitemap(body, url))
        queue.extend(listings[-1].children)
    return listings


def sitemaps_of_robots(case: Mapping[str, Any], folder: Path) -> list[str]:
    """Sitemap lines of robots.txt, and the usual addresses."""
    home = case["start"].rstrip("/")
    usual = (
        "sitemap.xml",
        "sitemap_index.xml",
        "sitemap-index.xml",
        "sitemap-news.xml",
    )
    served = case["site"].get(home + "/robots.txt")
    lines = (folder / served["file"]).read_text().splitlines() if served else []
    stated = [line.partition(":") for line in lines]
    found = [
        url.strip()
        for name, _, url in stated
        if name.strip().lower() in ("sitemap", "site-map")
    ]
    return found + [f"{home}/{name}" for name in usual]


def main() -> None:
    """Measure both suites and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder holding feeds/ and sitemaps/")
    parser.add_argument("--misses", action="store_true", help="print every miss")
    options = parser.parse_args()
    tally = Tally()
    measure_feeds(options.folder / "feeds", tally)
    measure_sitemaps(options.folder / "sitemaps", tally)
    for suite, total in tally.total.items():
        print(f"{suite:45} {tally.right[suite]:6} / {total:6}")
    rate = tally.seconds / max(tally.bytes_read / 1e6, 1e-9)
    print(f"{tally.seconds:.1f} s CPU, {rate:.2f} s a MB")
    if options.misses:
        print("\n".join(tally.misses))


if __name__ == "__main__":
    main()
