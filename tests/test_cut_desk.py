"""Stored pages are cut again in a worker process, whatever is the matter with them."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from crawling import change, crawl_site, crawl_url, profile_of, rows
from datasette.plugins import pm
from press import Reply, press, sitemap
from press import article as story
from reading_room import Reader

import archive.browse
from archive.browse.cut_lines import groups
from archive.browse.cutting import Cut, Line, Uncut
from archive.database import open_for_reading
from archive.stored import StoredCapture, stored_capture
from archive.warc.captures import Answer, CaptureFiles
from cli import desk
from cli.anatomy import from_file, readable
from cli.cutting import (
    DAMAGED,
    FAILED,
    MOST_CHARS,
    MOST_LINES,
    MOST_LINKS,
    cut,
    lines_of,
    resolved,
)
from cli.desk import TOO_LONG, Desk
from cli.labelled import REPEATS
from cli.main import main
from cli.serve import datasette_arguments
from crawler.sites.profile import generic
from pipelines.extract import Anatomy, Part
from pipelines.extract.text import number

CUT = "/-/articles/1/cut"
NO_SITES = Path(__file__).parent / "no-such-folder"


def part(text: str, *links: tuple[str, str]) -> Part:
    """A labelled line as the extractor gives it."""
    return Part(
        role="nav", rule="x", kept=False, text=text, level=0, path="/", links=links
    )


def test_pages_without_end_are_shown_in_part() -> None:
    """Of lines, characters and links only so many are shown of one page."""
    one = part("line")
    assert len(limited([one] * (MOST_LINES + 1))) == MOST_LINES
    found = limited([part("x" * (MOST_CHARS - 1)), part("last"), one])
    assert [len(line.text) for line in found] == [MOST_CHARS - 1, len("l…")]
    many = [("/a", "a")] * (MOST_LINKS - 1)
    found = limited([part("a", *many), part("b", *many), part("c", *many)])
    assert [len(line.links) for line in found] == [MOST_LINKS - 1, 1, 0]


def limited(parts: Sequence[Part]) -> list[Line]:
    """What is shown of a page with these lines."""
    page = from_file(Path(__file__), "https://a.example/")
    return list(lines_of([Anatomy(page=page, article=None, parts=tuple(parts))]))


PARAGRAPHS = (
    "The eel fishers of weir {0} have told the board that page {0} of its plan is wet.",
    "The board replied on page {0} that plans are made to be read beside a river.",
    "A third meeting is called for the evening on which the tide of {0} weeks is out.",
    "Nobody has asked the eels, who have lived under weir {0} since before the plan.",
)


def paged(number: int) -> Reply:
    """One of the two pages of an article; both begin with one paragraph."""
    own = "".join(f"<p>{text.format(number)}</p>" for text in PARAGRAPHS)
    same = f"<p>{PARAGRAPHS[0].format(77)}</p>"
    other = 3 - number
    link = f'<a rel=next href="/w?page={other}">Next page</a>' if number == 1 else ""
    return Reply(
        body="<!DOCTYPE html><html lang=en><head><title>Weirs - The Quay</title>"
        '<meta property="article:published_time" content="2026-03-04T09:30:00Z">'
        f"</head><body><main><article><h1>Weirs and eels</h1>{same}{own}</article>"
        f"<div class=pager>{link}</div></main></body></html>"
    )


@pytest.fixture(scope="module")
def weirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one article on two pages."""
    db = tmp_path_factory.mktemp("weirs") / "a.db"
    with press({"/w": paged(1), "/w?page=2": paged(2)}) as site:
        site.pages["/map"] = sitemap(site.url("/w"))
        profile = profile_of(site.url(), sitemaps=(site.url("/map"),))
        crawl_site(db, profile, site.allowed)
    return db


def test_articles_on_several_pages_are_shown_whole(weirs: Path) -> None:
    """Every page's lines are shown; what a page repeats is not kept a second time."""
    answer = cut(weirs, NO_SITES, captured(weirs), 20.0)
    assert isinstance(answer, Cut)
    (body,) = rows(weirs, "SELECT body FROM revisions")[0]
    assert [one.text for one in answer.lines if one.kept] == body.split("\n")
    assert len(body.split("\n")) == 2 * len(PARAGRAPHS) + 1
    again = [one for one in answer.lines if one.rule == REPEATS]
    assert [(one.page, one.text) for one in again] == [(2, PARAGRAPHS[0].format(77))]
    assert [group.begins for group in groups(answer.lines) if group.begins] == [2]


def test_terminal_shows_every_page(weirs: Path) -> None:
    """`cuttings anatomy` prints the further pages too, and names them in its JSON."""
    words = ("anatomy", "1", "--db", str(weirs))
    plain = CliRunner().invoke(main, words).output
    assert "\nPage 2: http://127.0.0.1:" in plain
    found = json.loads(CliRunner().invoke(main, [*words, "--json"]).output)
    assert [page["url"][-4:] for page in found["further"]] == ["ge=2"]
    assert found["further"][0]["parts"]


def test_targets_are_made_absolute() -> None:
    """Relative targets lead to the site; one that cannot be read stays as it is."""
    links = ((" /old ", "a"), ("https://[x", "b"), ("mailto:x@y.example", "c"))
    found = dict(resolved(links, "https://a.example/news/1"))
    assert list(found) == ["https://a.example/old", "https://[x", "mailto:x@y.example"]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one crawled article with a menu and a link to another story."""
    db = tmp_path_factory.mktemp("cut") / "a.db"
    page = story(1)
    assert isinstance(page, Reply)
    body = str(page.body).replace(
        "</body>", "<nav><a href='/old'>Older stories</a></nav></body>"
    )
    with press({"/a": replace(page, body=body)}) as site:
        crawl_url(db, site.url("/a"), site.allowed)
    assert rows(db, "SELECT count(*) FROM articles") == [(1,)]
    return db


@pytest.fixture
def served(crawled: Path) -> Iterator[Reader]:
    """The crawled archive as `cuttings serve` starts Datasette."""
    arguments = datasette_arguments(crawled, "127.0.0.1", 0)
    folder = arguments[arguments.index("--plugins-dir") + 1]
    before = set(pm.get_plugins())
    yield Reader(crawled, plugins_dir=folder)
    for plugin in set(pm.get_plugins()) - before - {archive.browse}:
        pm.unregister(plugin)


def test_served_archive_shows_its_own_pages(served: Reader) -> None:
    """Started by our command, the reading room cuts a stored page in a worker."""
    page = BeautifulSoup(served.get(CUT).text, "lxml")
    out = [item.text for item in page.select("ol.anatomy > li.out")]
    assert any("Older stories" in text for text in out)
    assert page.select("ol.anatomy > li.kept")
    assert page.select(".notice") == []
    link = page.select_one("ol.anatomy a[href$='/old']")
    assert link is not None
    assert str(link["href"]).startswith("http://127.0.0.1:")


def captured(db: Path) -> StoredCapture:
    """The capture of the archive's only article."""
    connection = open_for_reading(db)
    found = stored_capture(connection, article_id=1)
    connection.close()
    assert found is not None
    return found


def test_damaged_captures_are_told(
    crawled: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A reader hears that a capture is damaged, the log where; no path is shown."""
    kept = captured(crawled)
    elsewhere = replace(kept, capture=replace(kept.capture, file="gone.warc.gz"))
    answer = cut(crawled, NO_SITES, elsewhere, 20.0)
    assert answer == Uncut(why=DAMAGED)
    assert "gone.warc.gz" in caplog.text
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def undecodable(db: Path) -> StoredCapture:
    """A capture whose payload is not coded as its headers say."""
    kept = captured(db)
    files = CaptureFiles(db.parent / "odd", {})
    answer = Answer(
        url=kept.capture.url,
        status=200,
        reason="OK",
        headers=(("Content-Encoding", "gzip"),),
        payload=b"no gzip at all",
        fetched_at=kept.capture.fetched_at,
    )
    capture = files.append(answer)
    files.close()
    return replace(kept, capture=replace(capture, file=f"../odd/{capture.file}"))


def test_undecodable_captures_are_told(
    crawled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A payload that cannot be decoded ends in a message, here and on a terminal."""
    odd = undecodable(crawled)
    assert cut(crawled, NO_SITES, odd, 20.0) == Uncut(why=DAMAGED)
    with pytest.raises(SystemExit) as ended:
        readable(crawled, odd, generic(odd.home))
    assert ended.value.code == 1
    assert "is damaged" in capsys.readouterr().err


def test_unforeseen_faults_are_told(
    crawled: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever else goes wrong in a worker is an answer too, with a log entry."""
    answer = cut(crawled.with_name("b.db"), NO_SITES, captured(crawled), 20.0)
    assert answer == Uncut(why=FAILED)
    broken = replace(captured(crawled), hints="not JSON")
    assert cut(crawled, NO_SITES, broken, 20.0) == Uncut(why=FAILED)
    assert "Traceback" in caplog.text


def test_missing_profile_is_noticed(crawled: Path) -> None:
    """A site without a profile needs none; one that has lost its own is told."""
    own = captured(crawled)
    lost = replace(own, site="kettle-weekly")
    answers = [cut(crawled, NO_SITES, one, 20.0) for one in (own, lost)]
    assert [getattr(answer, "lacks_profile", None) for answer in answers] == [
        *(False, True)
    ]


def hang(*_: object) -> Uncut:
    """Stand in for a page that takes for ever."""
    time.sleep(3600)
    return Uncut(why="")


def die(*_: object) -> Uncut:
    """Stand in for a page that kills its worker."""
    os.kill(os.getpid(), signal.SIGKILL)
    return Uncut(why="")


def raise_oddly(*_: object) -> Uncut:
    """Stand in for a fault that is nobody's."""
    raise LookupError("odd")


@pytest.fixture
def made() -> Iterator[Desk]:
    """A desk that finds no profile."""
    made = Desk(NO_SITES, limit_seconds=60.0)
    yield made
    made.close()


def test_a_page_that_misbehaves_costs_itself_only(
    crawled: Path, made: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that hangs, kills its worker or raises is told; the next one is cut."""
    kept = captured(crawled)
    told: list[Cut | Uncut] = []

    async def ask() -> None:
        for fault, limit in ((hang, 0.2), (die, 60.0), (raise_oddly, 60.0)):
            monkeypatch.setattr(desk, "cut", fault)
            made.limit_seconds = limit
            told.append(await made(crawled, kept))
        monkeypatch.setattr(desk, "cut", cut)
        told.append(await made(crawled, kept))

    asyncio.run(ask())
    hung, dead, raised, good = told
    assert hung == Uncut(why=TOO_LONG.format(limit=0.2))
    assert dead == raised == Uncut(why=FAILED)
    assert isinstance(good, Cut) and good.lines


def test_a_worker_killed_while_idle_is_replaced(crawled: Path, made: Desk) -> None:
    """Where the waiting worker was killed from outside, the next page is cut."""
    kept = captured(crawled)
    others = set(psutil.Process().children())
    asyncio.run(made(crawled, kept))
    for child in set(psutil.Process().children()) - others:
        if "spawn_main" in " ".join(child.cmdline()):
            child.kill()
    assert isinstance(asyncio.run(made(crawled, kept)), Cut)


def test_a_pool_that_says_nothing_is_given_up(
    crawled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is given up after its time even if its pool never answers."""
    ended: list[str] = []

    class Silent:
        """A pool that is stuck."""

        active = True

        def schedule(self, *_: object, **__: object) -> Future[Cut]:
            return Future()

        def stop(self) -> None:
            ended.append("stop")

        def join(self) -> None:
            ended.append("join")

    monkeypatch.setattr(desk, "GRACE_SECONDS", 0.0)
    monkeypatch.setattr(desk, "ProcessPool", lambda **_: Silent())
    made = Desk(NO_SITES, limit_seconds=0.01)
    answer = asyncio.run(made(crawled, captured(crawled)))
    assert answer == Uncut(why=TOO_LONG.format(limit=0.01))
    assert ended == ["stop", "join"]


def test_profiles_come_from_their_folder(crawled: Path, tmp_path: Path) -> None:
    """A profile in the folder decides how the site's page is cut."""
    home = rows(crawled, "SELECT home FROM sites")[0][0]
    (tmp_path / "weekly.toml").write_text(
        f'title = "Weekly"\nhome = "{home}"\nverified = false\nsource = "made up"\n'
        '[routes]\nfeeds = ["/feed"]\n[selectors]\nbody = ["nav"]\n'
    )
    own = replace(captured(crawled), site="weekly")
    answer = cut(crawled, tmp_path, own, 20.0)
    assert isinstance(answer, Cut)
    assert not answer.lacks_profile
    assert [one.text for one in answer.lines if one.kept] == ["Older stories"]


def test_memory_has_its_say(crawled: Path, tmp_path: Path) -> None:
    """What the archive remembers of the site is left out here as in a crawl."""
    shutil.copytree(crawled.parent, tmp_path / "copy")
    db = tmp_path / "copy" / crawled.name
    text = rows(db, "SELECT body FROM revisions")[0][0].split("\n")[1]
    change(db, "UPDATE sites SET memory = 1")
    change(
        db,
        "INSERT INTO memory (site, line, text, verdict, articles, decided_by, version)"
        " SELECT name, ?, ?, 'nav', 3, 'person', 1 FROM sites",
        (number(text), text),
    )
    answer = cut(db, NO_SITES, captured(db), 20.0)
    assert isinstance(answer, Cut)
    assert [one.role for one in answer.lines if one.text == text] == ["nav"]
