"""The demo's links between articles come out as the graph, in any order of arrival."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from crawling import crawl, rows
from test_crawl_demo import demo_plan

from crawler.frontier import Target
from crawler.spiders.site import SiteSpider
from demo import DemoPublisher, Phase, truth

EDGES = """
SELECT e.site, a.url, e.role, t.url FROM article_links e
JOIN articles a ON a.id = e.article_id JOIN articles t ON t.id = e.target_id
"""
Edge = tuple[str, str, str, str]


def edges(db: Path) -> set[Edge]:
    """Site, path of the one, role, and path of the other, of every edge."""

    def path(url: str) -> str:
        return "/" + url.split("/", 3)[3]

    return {(site, path(a), role, path(b)) for site, a, role, b in rows(db, EDGES)}


def expected(phase: Phase) -> set[Edge]:
    """The same as the truth says it."""
    return {
        (one.site, one.path, lead.role, lead.path)
        for one in truth(phase)
        for lead in one.leads
    }


@pytest.fixture(scope="module")
def publisher() -> Iterator[DemoPublisher]:
    """The demo titles."""
    with DemoPublisher(phase="first") as found:
        yield found


@pytest.fixture(params=["as named", "reversed"])
def archive(
    publisher: DemoPublisher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Path:
    """The archive of their pages, fetched from either end."""

    def backwards(spider: SiteSpider, targets: Iterator[Target]) -> list[Target]:
        return list(targets)[::-1]

    if request.param == "reversed":
        monkeypatch.setattr(SiteSpider, "in_order", backwards)
    plan = demo_plan(publisher, tmp_path)
    crawl(plan)
    return plan.db


def reachable(db: Path, edge: Edge) -> bool:
    """Whether an address that one of the first title's links has was ever fetched.

    It links by the numbers that its old addresses had. Of those that no route names the
    archive cannot know where they redirect to.
    """
    site, _, _, target = edge
    if site != "townhall":
        return True
    number = next(one for one in truth("first") if one.path == target).aliases[0]
    return bool(rows(db, "SELECT 1 FROM urls WHERE url LIKE '%' || ?", [number]))


def test_links_of_the_demo_are_the_graph(archive: Path) -> None:
    """Inline, related and teaser links lead to the right articles, and no others do."""
    wanted, found = expected("first"), edges(archive)
    assert {role for _, _, role, _ in wanted} == {"inline", "related", "teaser"}
    assert found - wanted == set()
    assert [edge for edge in wanted - found if reachable(archive, edge)] == []
    assert len(found) > 0.75 * len(wanted)
