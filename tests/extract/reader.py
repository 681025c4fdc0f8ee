"""Folders of a case in, the page and profile they describe out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from archive.records import Article
from crawler.items import Hint, Page

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A profile of which a test states only what matters to it."""

    name: str = "example"
    title: str = ""
    home: str = "https://www.example.com/"
    language: str | None = None
    timezone: str | None = None
    selectors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removals: tuple[str, ...] = ()


def page(
    markup: str | bytes,
    *,
    url: str = "https://www.example.com/news/a-story",
    content_type: str | None = "text/html; charset=utf-8",
    hints: tuple[Hint, ...] = (),
) -> Page:
    """Return the page that a server answered with this markup."""
    body = markup if isinstance(markup, bytes) else markup.encode("utf-8")
    return Page(
        site="example",
        crawl_id=1,
        requested_url=url,
        url=url,
        redirects=(),
        status=200,
        reason="OK",
        headers=(),
        wire=body,
        body=body,
        content_type=content_type,
        fetched_at="2026-11-22T12:00:00Z",
        hints=hints,
    )


def case(name: str) -> tuple[Page, Site, dict[str, Any]]:
    """Return a case's page, profile and expectation."""
    folder = CASES / name
    file = folder / "meta.json"
    meta = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    profile = dict(meta.get("profile", {}))
    chosen = profile.pop("selectors", {})
    site = Site(
        **profile, selectors={field: tuple(css) for field, css in chosen.items()}
    )
    hints = tuple(Hint(**hint) for hint in meta.get("hints", ()))
    made = page(
        (folder / "page.html").read_bytes(),
        url=meta.get("url", "https://www.example.com/news/a-story"),
        content_type=meta.get("content_type", "text/html; charset=utf-8"),
        hints=hints,
    )
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return made, site, expected


def shown(article: Article) -> dict[str, Any]:
    """Return an article as expected.json writes one."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(article), default=dict))
    plain["blocks"] = [
        f"{b['kind']}{b['level'] or ''}: {b['text']}" for b in plain["blocks"]
    ]
    plain["links"] = [f"{x['role']}: {x['text']} -> {x['url']}" for x in plain["links"]]
    return plain
