"""A page goes through extraction and archive; a reader sees pictures, notes, access."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from made_pages import SITE, begun, page, rows
from reading_room import Reader

from archive.records import Image, Notice
from archive.stored import StoredCut
from archive.write import Archive
from crawler.sites.profile import generic
from pipelines.capture import keep
from pipelines.deduplicate import deduplicate
from pipelines.extract import extract
from pipelines.identify import with_identity
from pipelines.revise import with_revision
from pipelines.store import store

PARAGRAPHS = (
    "The kettle works at Lidham will reopen in spring with sixty new jobs, its owners "
    "said on Monday, and lids will be pressed there again before the summer is out.",
    "The press was sold twice while the works stood still. It came back from a museum "
    "that had kept it oiled, because visitors liked to hear it more than to see it.",
    "Lids from Lidham have a smaller knob than others. People who grew up with them "
    "cannot say why it matters, but they have bought the first year's worth already.",
)
CORRECTION = "Correction: The works will have sixty new jobs, not six hundred."
NOTE = "Anmerkung der Redaktion: Eine Presse steht im Museum."
WALL = "To continue reading, please subscribe."
MARKUP = f"""
<html lang="en"><body><main><article><h1>Lids return to Lidham</h1>
<figure><img src="/press.jpg"><figcaption>The press / Jo Hay / CC BY 2.0</figcaption>
</figure><p>{PARAGRAPHS[0]}</p>
<figure><img src="/lid.jpg"><figcaption>A lid. Photo: Ann Ladle</figcaption></figure>
<p>{PARAGRAPHS[1]}</p><p><img src="/knob.jpg"></p><p>{PARAGRAPHS[2]}</p>
<p>{CORRECTION}</p><p>{NOTE}</p></article>
<div class="gate"><p>{WALL}</p></div></main></body></html>
"""
PRESS = Image(
    url="https://kettle.example/press.jpg",
    caption="The press",
    credit="Jo Hay",
    licence="CC BY 2.0",
)


def archived(path: Path, markup: str) -> None:
    """Cut a page and send it through the stages into an archive."""
    with Archive(path) as archive:
        made = replace(page("lids", markup.encode()), crawl_id=begun(archive))
        draft = keep(made, archive)
        article = extract(made, generic(SITE.home))
        assert article is not None
        draft = with_identity(replace(draft, article=article), article, archive)
        store(with_revision(deduplicate(draft, archive), archive), archive)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the article of MARKUP."""
    made = tmp_path_factory.mktemp("room") / "archive.db"
    archived(made, MARKUP)
    return made


@pytest.fixture(scope="module")
def shown(path: Path) -> BeautifulSoup:
    """The article's page in the reading room."""
    response = Reader(path).get("/-/articles/1")
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


def test_rows_of_pictures(path: Path) -> None:
    """The lead image and the pictures in the text are rows in the order of the page."""
    found = rows(
        path,
        "SELECT position, role, substr(url, 24), caption, credit, licence, after_block"
        " FROM images ORDER BY position",
    )
    assert found == [
        (0, "lead", "press.jpg", "The press", "Jo Hay", "CC BY 2.0", 0),
        (1, "inline", "lid.jpg", "A lid", "Ann Ladle", None, 1),
        (2, "inline", "knob.jpg", None, None, None, 2),
    ]
    assert rows(path, "SELECT image_credit, image_licence FROM articles") == [
        ("Jo Hay", "CC BY 2.0")
    ]


def test_rows_of_access_and_notices(path: Path) -> None:
    """How much the page shows, why, and what the newsroom said are in the archive."""
    evidence = f"says “{WALL}” after 110 words"
    assert rows(path, "SELECT access, access_evidence FROM articles") == [
        ("paywalled", evidence)
    ]
    assert rows(path, "SELECT kind, text FROM notices ORDER BY position") == [
        ("correction", CORRECTION),
        ("editor_note", NOTE),
    ]
    found = rows(path, "SELECT field, source FROM evidence")
    assert {("access", "text"), ("images", "html"), ("notices", "html")} <= set(found)


def test_pictures_are_lines_that_lead_to_the_publisher(shown: BeautifulSoup) -> None:
    """Pictures are told and linked where they stood; none is fetched from its site."""
    assert shown.select("img") == []
    text = shown.select_one("div.text")
    assert text is not None
    lines = [line.get_text(" ", strip=True) for line in text.find_all("p")]
    assert lines == [
        "Lead image, at the publisher The press Credit: Jo Hay Licence: CC BY 2.0",
        PARAGRAPHS[0],
        "[Picture: A lid – Ann Ladle]",
        PARAGRAPHS[1],
        "[Picture]",
        PARAGRAPHS[2],
        CORRECTION,
        NOTE,
    ]
    links = [str(anchor["href"]) for anchor in text.find_all("a")]
    assert links == [
        f"https://kettle.example/{n}.jpg" for n in ("press", "lid", "knob")
    ]


def test_reader_is_told_of_wall_and_correction(shown: BeautifulSoup) -> None:
    """A part is said to be one, with the evidence; notes stand under the text too."""
    notice = shown.select_one("p.notice")
    assert notice is not None
    assert "shows a part of the article only" in notice.get_text()
    assert WALL in notice.get_text()
    told = [line.get_text(" ", strip=True) for line in shown.select(".notices li")]
    assert told == [CORRECTION, f"Editor’s note {NOTE}"]


def test_an_open_article_says_nothing_of_it(tmp_path: Path) -> None:
    """A page that shows everything has neither mark nor empty headings."""
    path = tmp_path / "archive.db"
    plain = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    archived(path, f"<body><main><h1>Lids return</h1>{plain}</main></body>")
    page = BeautifulSoup(Reader(path).get("/-/articles/1").text, "lxml")
    assert page.select("p.notice, .notices, p.image") == []


def test_a_caption_cannot_bring_markup_along(tmp_path: Path) -> None:
    """Captions and notices are escaped; an address that is not the web's is no link."""
    path = tmp_path / "archive.db"
    bad = "&lt;script&gt;alert(1)&lt;/script&gt; seen from above"
    archived(path, MARKUP.replace("A lid. Photo: Ann Ladle", bad))
    page = BeautifulSoup(Reader(path).get("/-/articles/1").text, "lxml")
    assert page.select("div.text script") == []
    assert "<script>alert(1)</script> seen from above" in page.get_text()


def test_the_same_page_cut_again_is_the_same(path: Path) -> None:
    """Re-extraction compares pictures, access and notices and finds no difference."""
    article = extract(page("lids", MARKUP.encode()), generic(SITE.home))
    assert article is not None
    assert article.image == PRESS
    with Archive(path) as archive:
        stored = archive.stored_cut(1)
    now = StoredCut.of(article, revision_id=1)
    names = ("image", "images", "access", "notices")
    assert [getattr(now, n) for n in names] == [getattr(stored, n) for n in names]
    other = replace(article, images=(), notices=(Notice(kind="update", text="Later"),))
    then = StoredCut.of(other, revision_id=1)
    assert then.images != stored.images
    assert then.notices != stored.notices
    assert set(names) <= set(StoredCut.FIELDS)
