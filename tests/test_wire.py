"""The bytes as sent are kept; what ends early, is too large or coded wrongly fails."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from command import cuttings
from crawling import crawl_site, crawl_url, make_due, outcomes, profile_of, rows
from press import Answer, Reply, article, feed, links, once, press
from warcio.archiveiterator import ArchiveIterator

from crawler.settings import DOWNLOAD_MAXSIZE


def coded(reply: Reply, coding: str, body: bytes) -> Reply:
    """A reply with its body coded."""
    return Reply(body=body, headers=(("Content-Encoding", coding),))


def as_bytes(reply: Reply) -> bytes:
    """A reply's body."""
    return reply.body.encode() if isinstance(reply.body, str) else reply.body


def test_bytes_as_sent_are_kept(tmp_path: Path) -> None:
    """The capture holds the compressed payload with its header; the text is decoded."""
    sent = gzip.compress(as_bytes(article(1)), mtime=0)
    with press({"/a": coded(article(1), "gzip", sent)}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    assert rows(tmp_path / "a.db", "SELECT headline FROM articles") == [("Story 1",)]
    file = next((tmp_path / "a.captures").glob("*.warc.gz"))
    with file.open("rb") as stream:
        records = [
            (r.rec_headers.get_header("WARC-Target-URI"), r.raw_stream.read())
            for r in ArchiveIterator(stream, no_record_parse=False)
            if r.rec_type == "response"
        ]
    assert records == [(site.url("/a"), sent)]


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(b"<p>x</p>" * 2_000_000)),
        ("deflate", zlib.compress(b"<p>x</p>" * 2_000_000)),
        ("gzip, gzip", gzip.compress(gzip.compress(b"<p>x</p>" * 2_000_000))),
    ],
)
def test_bombs_are_refused(tmp_path: Path, coding: str, body: bytes) -> None:
    """A small payload that grows past the limit is a failure with its reason."""
    with press({"/a": coded(Reply(), coding, body)}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    found = outcomes(tmp_path / "a.db")["/a"]
    assert found.startswith("failed: ")
    assert f"longer than {DOWNLOAD_MAXSIZE} bytes" in found


def test_truncated_coding_is_fetched_again(tmp_path: Path) -> None:
    """A payload that ends early is not taken for whole: the second, whole one is."""
    whole = gzip.compress(as_bytes(article(1)))
    pages = {
        "/a": once(coded(Reply(), "gzip", whole[:-40]), coded(Reply(), "gzip", whole))
    }
    with press(pages) as site:
        tally = crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    assert site.paths().count("/a") == 2
    assert tally.stored == 1


def test_page_that_always_ends_early_fails(tmp_path: Path) -> None:
    """After its retries such a page is recorded with the reason."""
    cut = gzip.compress(as_bytes(article(1)))[:-40]
    with press({"/a": coded(Reply(), "gzip", cut)}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    assert outcomes(tmp_path / "a.db")["/a"] == "failed: gzip payload ends early"


def test_unknown_coding_fails(tmp_path: Path) -> None:
    """A coding that nobody offered is a failure, not an article of noise."""
    with press({"/a": coded(Reply(), "pack200-gzip", b"\x01\x02")}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    assert "coding that is not known" in outcomes(tmp_path / "a.db")["/a"]


def test_conditional_requests_spare_the_page(tmp_path: Path) -> None:
    """A due page is asked for with its validators, and a 304 leaves it as it is."""
    tagged = Reply(
        body=article(1).body,
        headers=(("ETag", '"v1"'), ("Last-Modified", "Mon, 02 Mar 2026 12:00:00 GMT")),
    )
    with press({"/a": tagged}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
        make_due(tmp_path / "a.db")
        site.pages["/a"] = Reply(status=304)
        tally = crawl_site(tmp_path / "a.db", profile, site.allowed)
    asked = [one.headers for one in site.asked if one.path == "/a"]
    assert asked[1]["if-none-match"] == '"v1"'
    assert asked[1]["if-modified-since"] == "Mon, 02 Mar 2026 12:00:00 GMT"
    assert outcomes(tmp_path / "a.db")["/a"] == "unchanged"
    assert rows(tmp_path / "a.db", "SELECT count(*) FROM revisions") == [(1,)]
    assert tally.stored == 0


def test_unasked_304_is_a_failure(tmp_path: Path) -> None:
    """A 304 to a request without validators says nothing of the page."""
    with press({"/a": Reply(status=304)}) as site:
        crawl_url(tmp_path / "a.db", site.url("/a"), site.allowed)
    assert outcomes(tmp_path / "a.db")["/a"] == "failed: HTTP 304"


def test_command_refuses_broken_and_endless_answers(tmp_path: Path) -> None:
    """Short bodies, endless headers and large bodies fail alone.

    This is the real command: other tests replace its download handler.
    """
    cut = (("Content-Length", "5000"), ("Connection", "close"))
    short = Reply(body="<p>half", headers=cut)
    head = tuple((f"X-{n}", "a" * 1000) for n in range(400))
    large = Reply(body=b"<p>word</p>" * 1_000_000)
    pages: dict[str, Answer] = {
        "/": links("/short", "/head", "/large", "/good"),
        "/short": once(short, article(2)),
        "/head": Reply(body=article(3).body, headers=head),
        "/large": large,
        "/good": article(1),
    }
    with press(pages) as site:
        done = cuttings(
            "crawl",
            site.url(),
            "--db",
            tmp_path / "a.db",
            "--allow-private",
            site.allowed,
        )
    assert done.returncode == 0, done.stderr
    found = outcomes(tmp_path / "a.db")
    assert found["/good"] == "stored"
    assert found["/short"] == "stored"
    assert "headers of more than" in found["/head"]
    assert found["/large"].startswith("failed: ")
