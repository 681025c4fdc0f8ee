"""`cuttings crawl` as a user meets it: words, exit codes, progress and Ctrl-C."""

from __future__ import annotations

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from command import cuttings, environment, write_profile
from crawling import crawl_site, headlines, last_crawl, profile_of
from press import article, feed, links, press, redirect
from rich.console import Console

from archive.database import WriteLock
from cli.crawl import exit_code
from cli.main import main
from cli.plan import Plan, Tally, jobs_of
from cli.progress import counts, table, told, total_of
from crawler.ending import Course, finish_of
from crawler.errors import MissingContact


def said(*arguments: object) -> Result:
    """Run a command that fails before it crawls, in this process."""
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no-such-site"], "no site profile is called 'no-such-site'"),
        (["publictechnology"], "CUTTINGS_CONTACT is empty"),
        (["https://www.example.org/news"], "CUTTINGS_CONTACT is empty"),
        (["ftp://example.org/"], "its scheme is ftp"),
        (["http://"], "not a web address"),
        (["http://localhost/", "--allow-private", "x"], "'x' is not HOST:PORT"),
        (["publictechnology", "--contact", "me"], "must be an e-mail address"),
        (["publictechnology", "--contact", "a@b\nX: y"], "must be an e-mail address"),
        (["--max-pages", "0"], "0 is not in the range x>=1"),
        (["--sites-at-once", "0"], "0 is not in the range"),
    ],
)
def test_wrong_words_give_a_message_and_exit_code_2(
    tmp_path: Path, arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A user's mistake is named in a line, without traceback, archive or request."""
    monkeypatch.delenv("CUTTINGS_CONTACT", raising=False)
    result = said("crawl", *arguments, "--db", tmp_path / "a.db")
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output
    assert not (tmp_path / "a.db").exists()


def test_broken_profile_stops_only_its_own_site(tmp_path: Path) -> None:
    """Asked for by name it is exit code 2; among others it is told and left out."""
    with press({"/a": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        write_profile(tmp_path / "sites", "good", site)
        (tmp_path / "sites" / "bad.toml").write_text('title = "x"\nhom = "y"\n')
        place = ("--sites", tmp_path / "sites", "--db", tmp_path / "a.db")
        named = said("crawl", "bad", *place)
        done = cuttings("crawl", *place, "--allow-private", site.allowed)
    assert named.exit_code == 2
    assert "bad.toml: hom: unknown key. Did you mean 'home'?" in named.output
    assert done.returncode == 1
    assert "profile left out: " in done.stderr
    assert headlines(tmp_path / "a.db") == ["Story 1"]


def test_no_site_at_all_is_exit_code_2(tmp_path: Path) -> None:
    """An empty folder of profiles leaves nothing to crawl."""
    (tmp_path / "sites").mkdir()
    done = cuttings("crawl", "--sites", tmp_path / "sites", "--db", tmp_path / "a.db")
    assert done.returncode == 2
    assert "there is no site to crawl" in done.stderr


def test_archive_in_use_is_exit_code_3(tmp_path: Path) -> None:
    """A second writer is refused with the name of the file."""
    lock = WriteLock(tmp_path / "a.db")
    result = said(
        "crawl",
        "http://localhost:9/",
        "--db",
        tmp_path / "a.db",
        "--allow-private",
        "localhost:9",
    )
    lock.release()
    assert result.exit_code == 3
    assert "a.db is being written by another process" in result.output


def test_folder_that_cannot_be_made_is_exit_code_2(tmp_path: Path) -> None:
    """A path that leads through a file is told, not traced back."""
    (tmp_path / "file").write_text("x")
    result = said(
        "crawl",
        "http://localhost:9/",
        "--db",
        tmp_path / "file" / "a.db",
        "--allow-private",
        "localhost:9",
    )
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert str(tmp_path / "file") in result.output


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CUTTINGS_PAGE_SECONDS", "soon"),
        ("CUTTINGS_PAGE_SECONDS", "0"),
        ("CUTTINGS_CRAWL_SECONDS", "nan"),
        ("CUTTINGS_LOG", "LOUD"),
        ("CUTTINGS_CONTACT", "nobody"),
    ],
)
def test_invalid_setting_is_named(name: str, value: str) -> None:
    """An environment variable that cannot be used stops the command by its name."""
    done = cuttings("sites", **{name: value})
    assert done.returncode == 2
    assert f"{name} is '{value}'; it must be" in done.stderr
    assert "Traceback" not in done.stderr


def test_invalid_exception_in_the_environment_is_named(tmp_path: Path) -> None:
    """CUTTINGS_ALLOW_PRIVATE is checked before anything is fetched."""
    done = cuttings(
        "crawl",
        "http://localhost:9/",
        "--db",
        tmp_path / "a.db",
        CUTTINGS_ALLOW_PRIVATE="localhost",
    )
    assert done.returncode == 2
    assert "'localhost' is not HOST:PORT" in done.stderr


def test_json_of_a_crawl_is_one_document(tmp_path: Path) -> None:
    """With --json the counts are data on standard output, and nothing else is."""
    with press({"/": links("/a"), "/a": article(1)}) as site:
        done = cuttings(
            "crawl",
            site.url(),
            "--db",
            tmp_path / "a.db",
            "--json",
            "--allow-private",
            site.allowed,
        )
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert done.stderr == ""
    assert [(one["stored"], one["state"]) for one in found] == [(1, "finished")]


def test_lines_in_a_pipe_name_site_and_counts(tmp_path: Path) -> None:
    """Without a terminal each site that ended is one plain line."""
    with press({"/": links("/a"), "/a": article(1)}) as site:
        done = cuttings(
            "crawl",
            site.url(),
            "--db",
            tmp_path / "a.db",
            "--allow-private",
            site.allowed,
        )
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    assert "finished, 2 found, 2 fetched, 1 stored, 1 rejected, 0 errors" in lines[0]
    assert "\x1b" not in done.stderr


def test_site_that_cannot_be_crawled_is_exit_code_1(tmp_path: Path) -> None:
    """Where nobody answers the reason is printed and the code tells."""
    with press() as gone:
        pass
    (tmp_path / "gone.toml").write_text(
        f'title = "Gone"\nhome = "{gone.url()}"\nverified = false\n'
        'source = "a test"\nroutes = { feeds = ["/feed"] }\n',
        encoding="utf-8",
    )
    words = ["--db", tmp_path / "a.db", "--allow-private", gone.allowed]
    done = cuttings("crawl", "gone", "--sites", tmp_path, *words)
    assert done.returncode == 1
    assert "failed, 0 found" in done.stderr
    assert "Traceback" not in done.stderr


def test_start_page_that_cannot_be_fetched_is_told(tmp_path: Path) -> None:
    """Without a profile too; the reason stands wherever one looks for it."""
    with press() as gone:
        pass
    words = [gone.url("/a"), "--db", tmp_path / "a.db"]
    done = cuttings("crawl", *words, "--allow-private", gone.allowed)
    refused = cuttings("crawl", *words, "--json")
    [found] = json.loads(refused.stdout)
    told_later = said("status", "--db", tmp_path / "a.db").output
    assert (done.returncode, refused.returncode) == (0, 0)
    assert "failed, 1 found, 1 fetched, 0 stored, 0 rejected, 1 errors" in done.stderr
    assert f"  {gone.url('/a')}: robots.txt could not be read: " in done.stderr
    assert found["state"] == "failed"
    assert "is not a public address" in found["failures"][0]
    assert "(failed): 1 found; 1 disallowed" in told_later
    assert f"  failed: {gone.url('/a')}: refused to fetch " in told_later


def test_start_page_that_leads_to_another_host_is_told(tmp_path: Path) -> None:
    """It is not followed there, and the user learns where it led."""
    with press({"/": article(1)}) as other, press() as site:
        site.pages["/"] = redirect(other.url())
        allowed = ("--allow-private", site.allowed, "--allow-private", other.allowed)
        done = cuttings("crawl", site.url(), "--db", tmp_path / "a.db", *allowed)
    assert done.returncode == 0
    assert f"redirected to another site: {other.url()}" in done.stderr
    assert other.asked == []


def test_crawl_that_takes_too_long_is_no_ctrl_c(tmp_path: Path) -> None:
    """The time limit leaves the rest over, says so, and gives exit code 1."""
    with press({f"/{n}": article(n) for n in range(40)}) as site:
        site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(40)))
        write_profile(tmp_path / "sites", "slow", site, delay=0.3)
        done = cuttings(
            "crawl",
            "--sites",
            tmp_path / "sites",
            "--db",
            tmp_path / "a.db",
            "--allow-private",
            site.allowed,
            CUTTINGS_CRAWL_SECONDS="2",
        )
    row = last_crawl(tmp_path / "a.db")
    assert done.returncode == 1
    assert "stopped after 2 s (CUTTINGS_CRAWL_SECONDS)" in done.stderr
    assert (row["finish"], row["found"]) == ("stopped", 40)
    assert "slow: stopped, 40 found" in done.stderr
    assert row["stored"] + row["left_over"] == 40


LITTLE_ROOM = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
runpy.run_module("cli", run_name="__main__", alter_sys=True)
"""


def test_full_disk_is_exit_code_3_and_the_next_crawl_completes(tmp_path: Path) -> None:
    """A crawl that cannot write stops and says so; nothing is lost or doubled."""
    with press({f"/{n}": article(n) for n in range(150)}) as site:
        site.pages["/feed"] = feed(*(site.url(f"/{n}") for n in range(150)))
        write_profile(tmp_path / "sites", "big", site)
        words = ["crawl", "--sites", tmp_path / "sites", "--db", tmp_path / "a.db"]
        words += ["--allow-private", site.allowed]
        full = subprocess.run(
            [sys.executable, "-c", LITTLE_ROOM, *map(str, words)],
            capture_output=True,
            text=True,
            env=environment(),
            timeout=120,
            check=False,
        )
        again = cuttings(*words)
    assert full.returncode == 3, full.stderr
    assert "could not be written" in full.stderr
    assert "Traceback" not in full.stderr
    assert again.returncode == 0, again.stderr
    assert len(headlines(tmp_path / "a.db")) == 150


def tally(**values: object) -> Tally:
    """Counts of a site."""
    return Tally(site="x", title="X", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reason", "counts", "finish"),
    [
        ("finished", {"found": 3, "tried": 3}, "finished"),
        ("finished", {}, "finished"),
        ("finished", {"has_problems": True}, "failed"),
        ("finished", {"has_problems": True, "unchanged_routes": 1}, "finished"),
        ("finished", {"found": 2, "tried": 2, "failed": 2}, "failed"),
        ("finished", {"found": 9, "known": 7, "tried": 2, "failed": 2}, "finished"),
        ("finished", {"found": 9, "tried": 9, "has_lost_starts": True}, "failed"),
        ("shutdown", {"found": 3}, "stopped"),
        ("closespider_timeout", {"found": 3}, "stopped"),
        ("closespider_pagecount", {"found": 3}, "stopped"),
        ("archive unwritable", {"found": 3}, "failed"),
    ],
)
def test_end_is_judged_by_the_counts(
    reason: str, counts: dict[str, Any], finish: str
) -> None:
    """A crawl that found nothing but problems, or where all failed, has failed."""
    assert finish_of(Course(reason=reason, **counts)) == finish


@pytest.mark.parametrize(
    ("tallies", "broken", "code"),
    [
        ([{"state": "finished"}], (), 0),
        ([{"state": "finished"}], ("x.toml: title: missing",), 1),
        ([{"state": "finished"}, {"state": "failed"}], (), 1),
        ([{"state": "stopped", "limit": "closespider_timeout"}], (), 1),
        ([{"state": "failed"}, {"state": "stopped"}], (), 130),
    ],
)
def test_exit_code_tells_the_worst(
    tallies: list[dict[str, Any]], broken: tuple[str, ...], code: int
) -> None:
    """Ctrl-C, then a failed site, a limit or a broken profile, then success."""
    assert exit_code([tally(**one) for one in tallies], broken) == code


def test_table_shows_running_sites_and_a_total() -> None:
    """Sites that wait are a count; running ones stand last, above the total."""
    tallies = [
        tally(state="crawling", found=5, fetched=2, seconds=4.0),
        tally(state="finished", found=7, fetched=7, seconds=2.0),
        tally(),
    ]
    grid = table(tallies)
    assert grid.caption == "1 more waiting"
    assert list(grid.columns[1].cells) == ["finished", "crawling", ""]
    assert grid.columns[-1].header == "pages/s"
    assert total_of(tallies).found == 12
    assert counts(tallies[0]).endswith("0.5 pages/s")


@pytest.mark.parametrize("width", [80, 120])
def test_table_is_readable_in_a_narrow_terminal(width: int) -> None:
    """At 80 characters a long name leaves every heading, state and number whole."""
    shown = Tally(
        site="construction-enquirer",
        title="X",
        state="crawling",
        found=12345,
        fetched=12344,
        stored=11000,
        rejected=1234,
        errors=10,
    )
    console = Console(width=width, file=StringIO(), force_terminal=False)
    console.print(table([shown, shown], width=width))
    text = console.file.getvalue()  # type: ignore[attr-defined]  # it is a StringIO
    lines = text.splitlines()
    assert max(map(len, lines)) <= width
    assert "…" not in text
    for word in ("site", "state", "found", "fetched", "stored", "rejected", "errors"):
        assert word in text
    row = ["construction-enquirer", "crawling", "12345", "12344", "11000", "1234", "10"]
    assert row == next(line.split() for line in lines if "enquirer" in line)[: len(row)]


def test_routes_without_news_are_told() -> None:
    """A crawl that found nothing because nothing changed says so."""
    same = tally(state="finished", routes=2, unchanged_routes=2)
    assert told(same) == ["2 of 2 routes unchanged (304)"]


def test_missing_contact_names_the_option(tmp_path: Path) -> None:
    """The message says which option, and which variable, would mend it."""
    result = said("crawl", "https://www.example.org/", "--db", tmp_path / "a.db")
    assert "with --contact before a live crawl" in result.output


def test_contact_is_needed_where_any_route_leads_out(tmp_path: Path) -> None:
    """A private home page with a public feed is a live crawl."""
    profile = profile_of("http://localhost:9/", feeds=("https://feeds.press.net/x",))
    plan = Plan(
        db=tmp_path / "a.db", profiles=(profile,), allow_private=("localhost:9",)
    )
    with pytest.raises(MissingContact):
        jobs_of(plan)


def test_page_limit_of_the_command_wins(tmp_path: Path) -> None:
    """--max-pages takes the place of the profile's limit."""
    profile = profile_of(
        "http://localhost:9/", max_pages=7, feeds=("http://localhost:9/f",)
    )
    plan = Plan(
        db=tmp_path / "a.db",
        profiles=(profile,),
        allow_private=("localhost:9",),
        max_pages=2,
    )
    assert jobs_of(plan)[0].spider.profile.max_pages == 2


def test_crawl_in_process_leaves_the_archive_free(tmp_path: Path) -> None:
    """When a run is over its archive can be opened for writing again."""
    with press({"/a": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(tmp_path / "a.db", profile, site.allowed)
    WriteLock(tmp_path / "a.db").release()
