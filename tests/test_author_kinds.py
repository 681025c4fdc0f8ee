"""Agencies and organisations in bylines are kept, and told from people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from made_pages import article, begun, cut, fetch, new, page, rows

from archive.write import Archive
from crawler.sites.profile import generic
from pipelines.extract import extract


def test_a_byline_says_what_each_name_stands_for() -> None:
    """Of a writer and an agency the second is marked as one."""
    body = (
        "<html><head><title>Lids</title></head><body><article><h1>Lids return to"
        " Lidham</h1><p class=byline>By Ann Ladle and Reuters</p>"
        + "<p>The works at Lidham will make lids again, its owners said there.</p>" * 9
        + "</article></body></html>"
    )
    found = extract(page("lids", body.encode()), generic("https://kettle.example/"))
    assert found is not None
    assert found.author_kinds == {"Ann Ladle": "person", "Reuters": "agency"}


def test_the_archive_keeps_the_kind(tmp_path: Path) -> None:
    """Authors are listed with their kinds, agencies among them."""
    what = replace(
        article("a"),
        authors=("Ann Ladle", "Reuters"),
        author_kinds={"Ann Ladle": "person", "Reuters": "agency"},
    )
    path = tmp_path / "archive.db"
    with Archive(path) as archive:
        archive.store(fetch(begun(archive), "a"), what, new(what.url), cut(what))
    assert rows(path, "SELECT name, kind FROM authors ORDER BY name") == [
        ("Ann Ladle", "person"),
        ("Reuters", "agency"),
    ]


def test_an_organisation_gives_way_to_people_only() -> None:
    """A desk's posts and words of the text do not take the place of the desk."""
    paragraphs = (
        "<p>The works will be run by Saltmarsh Foods between December and March.</p>"
        * 9
    )
    body = (
        '<html><head><title>Lids</title><meta name="author" content="Newsdesk"></head>'
        f"<body><article><h1>Lids return to Lidham</h1>{paragraphs}<div class=bio>"
        "<h2 class=author-title>By Newsdesk</h2><a href=/author/newsdesk>View all of"
        " Newsdesk’s posts.</a></div></article></body></html>"
    )
    found = extract(page("lids", body.encode()), generic("https://kettle.example/"))
    assert found is not None
    assert found.authors == ("Newsdesk",)
