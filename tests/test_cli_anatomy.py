"""`cuttings anatomy` shows every line of a page, its role and the deciding rule."""

from __future__ import annotations

import json
from pathlib import Path

from command import cuttings
from crawling import crawl_url, rows
from press import article, press

PAGE = Path(__file__).parent / "extract" / "cases" / "semantic" / "page.html"


def test_file_is_labelled() -> None:
    """A saved page is shown line by line with role and rule, and with the totals."""
    shown = cuttings("anatomy", str(PAGE))
    assert shown.returncode == 0
    assert "related       Related content (links after a label)" in shown.stdout
    assert "table       | June | 412" in shown.stdout
    assert "words are the article's text" in shown.stdout


def test_json_holds_every_line() -> None:
    """The JSON names role, rule, path and links of lines that are kept and left out."""
    shown = json.loads(cuttings("anatomy", str(PAGE), "--json").stdout)
    parts = {part["text"]: part for part in shown["parts"]}
    item = parts["no lifting between eleven at night and five in the morning"]
    assert (item["role"], item["kept"]) == ("list", True)
    assert item["path"].endswith("/li[1]")
    teaser = parts["Old cranes find a buyer in the north"]
    assert (teaser["role"], teaser["kept"]) == ("related", False)
    assert teaser["links"] == [["/news/old-cranes", teaser["text"]]]


def test_archived_article_and_address(tmp_path: Path) -> None:
    """An article's number and its address show the same capture."""
    db = tmp_path / "a.db"
    with press({"/a": article(1)}) as site:
        crawl_url(db, site.url("/a"), site.allowed)
        (number,) = rows(db, "SELECT id FROM articles")[0]
        by_number = cuttings("anatomy", str(number), "--db", str(db))
        by_address = cuttings("anatomy", site.url("/a"), "--db", str(db))
    assert by_number.returncode == by_address.returncode == 0
    assert by_number.stdout == by_address.stdout
    assert "headline      Story 1" in by_number.stdout


def test_unknown_target_is_told(tmp_path: Path) -> None:
    """What is neither a file nor in the archive ends with a message and code 2."""
    db = tmp_path / "a.db"
    with press({"/a": article(1)}) as site:
        crawl_url(db, site.url("/a"), site.allowed)
    found = cuttings("anatomy", "no-such-page.html", "--db", str(db))
    assert found.returncode == 2
    assert "no capture of it" in found.stderr
