"""Scrapy's own commands work in the project's folder, for those who know them."""

from __future__ import annotations

from pathlib import Path

from command import scrapy
from crawling import headlines, outcomes
from press import article, feed, press

PROFILE = """
title = "Weekly"
home = "{home}"
verified = false
source = "made up for a test"
delay_seconds = 0.0
[routes]
feeds = ["/feed"]
"""


def test_list_names_the_profiles_and_tells_broken_ones(tmp_path: Path) -> None:
    """One spider a profile; a broken profile is told and leaves the others alone."""
    (tmp_path / "good.toml").write_text(PROFILE.format(home="http://a.example/"))
    (tmp_path / "bad.toml").write_text("title = 1\n")
    done = scrapy("list", CUTTINGS_SITES=str(tmp_path))
    assert done.returncode == 0
    assert done.stdout.split() == ["good"]
    assert "bad.toml" in done.stderr


def test_list_names_the_shipped_profiles() -> None:
    """The acceptance case is among the shipped spiders."""
    done = scrapy("list")
    names = done.stdout.split()
    assert "publictechnology" in names
    assert len(names) > 15
    assert done.stderr == ""


def test_crawl_fills_the_archive(tmp_path: Path) -> None:
    """`scrapy crawl NAME` does what `cuttings crawl NAME` does."""
    with press({"/a": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        (tmp_path / "weekly.toml").write_text(PROFILE.format(home=site.url()))
        done = scrapy(
            "crawl",
            "weekly",
            CUTTINGS_SITES=str(tmp_path),
            CUTTINGS_DB=str(tmp_path / "a.db"),
            CUTTINGS_ALLOW_PRIVATE=site.allowed,
        )
    assert done.returncode == 0, done.stderr
    assert headlines(tmp_path / "a.db") == ["Story 1"]
    assert outcomes(tmp_path / "a.db") == {"/a": "stored"}
    assert "Deprecation" not in done.stderr
    assert "Traceback" not in done.stderr


def test_live_crawl_without_contact_asks_for_nothing(tmp_path: Path) -> None:
    """Scrapy's command too asks no publisher before there is a contact."""
    (tmp_path / "weekly.toml").write_text(PROFILE.format(home="http://1.1.1.1/"))
    db = tmp_path / "a.db"
    done = scrapy("crawl", "weekly", CUTTINGS_SITES=str(tmp_path), CUTTINGS_DB=str(db))
    assert "CUTTINGS_CONTACT is empty" in done.stderr
    assert "downloader/response_count" not in done.stderr
