"""`sites`, `search`, `status`, `serve`, `reextract` and `demo` as a user meets them."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from command import cuttings, start
from crawling import crawl_site, profile_of
from press import Reply, article, feed, press

from archive.database import WriteLock
from cli.demo import refuse_other_archives
from cli.main import COMMANDS, main
from cli.options import EXIT_ARCHIVE, EXIT_STOPPED, told_errors


def said(*arguments: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one title with two articles and one page that is none."""
    path = tmp_path_factory.mktemp("read") / "a.db"
    with press({"/a": article(1), "/b": article(2), "/c": Reply(body="")}) as site:
        site.pages["/feed"] = feed(*(site.url(p) for p in ("/a", "/b", "/c")))
        profile = profile_of(site.url(), feeds=(site.url("/feed"),))
        crawl_site(path, profile, site.allowed)
    return path


def test_help_names_every_command_and_exit_code() -> None:
    """--help lists the commands in the order in which they are learned."""
    text = said("--help").output
    listed = text[text.index("Commands:") :]
    places = [listed.index(f"  {name} ") for name in COMMANDS]
    assert places == sorted(places)
    for code in ("0 ", "1 ", "2 ", "3 ", "130 "):
        assert f"\n    {code}" in text
    assert said("-h").output == text
    assert said("--version").output.startswith("cuttings, version ")


def test_unknown_command_is_exit_code_2() -> None:
    """A word that is no command is told."""
    result = said("fly")
    assert result.exit_code == 2
    assert "No such command 'fly'" in result.output


def test_sites_are_listed_with_their_state() -> None:
    """Every shipped profile is a line; none is verified yet."""
    result = said("sites")
    assert result.exit_code == 0
    line = next(x for x in result.output.splitlines() if x.startswith("publictech"))
    assert "https://www.publictechnology.net/" in line
    assert "(not verified)" in line


def test_sites_as_json_tell_the_routes() -> None:
    """--json gives each profile's routes as data."""
    found = json.loads(said("sites", "--json").stdout)
    one = next(site for site in found if site["name"] == "publictechnology")
    assert one["routes"]["feeds"] == ["https://www.publictechnology.net/feed/"]


def test_broken_profile_is_named_by_sites(tmp_path: Path) -> None:
    """A folder with a broken profile gives exit code 1 and its name and key."""
    (tmp_path / "bad.toml").write_text('title = "x"\n')
    result = said("sites", "--sites", tmp_path)
    assert result.exit_code == 1
    assert "broken: " in result.output
    assert "bad.toml: home: is required and missing" in result.output


CHECKED = """
title = "Weekly"
home = "{home}"
verified = false
source = "made up for a test"
[routes]
feeds = ["/feed"]
"""
CHECK = '[[checks]]\nurl = "{path}"\ncontains = "{phrase}"\n'


def checks(db: Path, folder: Path, *pairs: tuple[str, str]) -> Result:
    """Run `sites --check` with one profile of the archive's title."""
    with closing(sqlite3.connect(db)) as connection:
        home = connection.execute("SELECT home FROM sites").fetchone()[0]
    text = CHECKED.format(home=home)
    text += "".join(CHECK.format(path=path, phrase=phrase) for path, phrase in pairs)
    folder.mkdir(exist_ok=True)
    (folder / "weekly.toml").write_text(text, encoding="utf-8")
    return said("sites", "--check", "--sites", folder, "--db", db)


def test_checks_of_profiles_are_run_against_the_archive(
    db: Path, tmp_path: Path
) -> None:
    """A check holds where the article contains the phrase, whatever its spaces."""
    before = db.read_bytes()
    good = checks(db, tmp_path, ("/a", "told its  suppliers"), ("/b", "Story 2"))
    assert good.exit_code == 0, good.output
    assert "2 checks: 2 hold, 0 fail" in good.output
    bad = checks(db, tmp_path, ("/a", "told its suppliers"), ("/b", "no such words"))
    assert bad.exit_code == 1
    assert "/b: the article does not contain 'no such words'" in bad.output
    refused = checks(db, tmp_path, ("/c", "anything"))
    assert refused.exit_code == 1
    assert "/c: the page was rejected: empty page" in refused.output
    assert db.read_bytes() == before


def test_a_check_of_a_page_not_archived_is_told(db: Path, tmp_path: Path) -> None:
    """It does not fail, but where no other holds nothing was checked: code 1."""
    alone = checks(db, tmp_path, ("/never", "x"))
    assert alone.exit_code == 1
    assert "/never: the archive does not know the page" in alone.output
    assert checks(db, tmp_path, ("/never", "x"), ("/a", "Story 1")).exit_code == 0
    words = ("sites", "--check", "--sites", tmp_path, "--db", db, "--json")
    found = json.loads(said(*words).stdout)
    assert [one["verdict"] for one in found] == ["not archived", "holds"]
    nothing = said("sites", "--check", "--sites", tmp_path, "--db", tmp_path / "no.db")
    assert nothing.exit_code == 2


def test_missing_folder_of_profiles_is_exit_code_2(tmp_path: Path) -> None:
    """A folder that is not there is told."""
    result = said("sites", "--sites", tmp_path / "none")
    assert result.exit_code == 2
    assert "is no folder of site profiles" in result.output


def test_search_prints_hits_and_their_number(db: Path) -> None:
    """A word of the headlines finds both articles."""
    result = said("search", "story", "--db", db)
    assert result.exit_code == 0
    assert "Story 1" in result.output
    assert "2 articles found" in result.output
    assert "Weekly, 2026-03-0" in result.output


def test_search_as_json_has_plain_text(db: Path) -> None:
    """--json gives hits without marks."""
    found = json.loads(said("search", "story", "--db", db, "--json").stdout)
    assert found["total"] == 2
    assert {hit["headline"] for hit in found["hits"]} == {"Story 1", "Story 2"}


def test_search_takes_filters(db: Path) -> None:
    """Site, year, order and number of hits can be given."""
    words = ("search", "story", "--db", db)
    assert said(*words, "--site", "weekly", "--year", 2026, "--newest").exit_code == 0
    assert said(*words, "--site", "other").exit_code == 1
    assert "Story 2" in said(*words, "--newest", "--limit", "1").output


def test_search_without_a_hit_is_exit_code_1(db: Path) -> None:
    """Nothing found is an answer that a script can tell."""
    result = said("search", "unheardof", "--db", db)
    assert result.exit_code == 1
    assert "0 articles found" in result.output


@pytest.mark.parametrize("command", ["status", "serve", "reextract"])
def test_missing_archive_is_exit_code_2(command: str, tmp_path: Path) -> None:
    """Where there is no archive the command says so and makes none."""
    result = said(command, "--db", tmp_path / "none.db")
    assert result.exit_code == 2
    assert "there is no such file" in result.output
    assert list(tmp_path.iterdir()) == []


def test_search_of_a_missing_archive_is_exit_code_2(tmp_path: Path) -> None:
    """Searching nothing is a mistake, not an empty answer."""
    result = said("search", "x", "--db", tmp_path / "none.db")
    assert result.exit_code == 2


@pytest.mark.parametrize("command", [["status"], ["search", "x"], ["reextract"]])
def test_file_that_is_no_archive_is_exit_code_2(
    command: list[str], tmp_path: Path
) -> None:
    """Any other file is told from an archive and left as it is."""
    other = tmp_path / "notes.db"
    other.write_bytes(b"not a database, but long enough to be looked at" * 100)
    result = said(*command, "--db", other)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert other.read_bytes().startswith(b"not a database")


def test_status_tells_counts_and_rejections(db: Path) -> None:
    """Each site's articles, last crawl and rejected pages are told."""
    result = said("status", "--db", db)
    assert result.exit_code == 0
    assert "Weekly (weekly): 2 articles" in result.output
    assert "(finished): 3 found; 2 stored, 1 rejected" in result.output
    assert "rejected: 1 empty page" in result.output


def test_status_as_json_adds_up(db: Path) -> None:
    """The outcomes of the last crawl are data, and sum to what was found."""
    found = json.loads(said("status", "weekly", "--db", db, "--json").stdout)
    crawl = found[0]["last_crawl"]
    assert crawl["found"] == crawl["stored"] + crawl["rejected"] == 3


@pytest.mark.parametrize("words", [["status", "no"], ["reextract", "--site", "no"]])
def test_site_that_the_archive_has_not_is_exit_code_2(
    words: list[str], db: Path
) -> None:
    """A name that the archive does not know is told, with those that it knows."""
    result = said(*words, "--db", db)
    assert result.exit_code == 2
    assert "the archive has no site 'no', only: weekly" in result.output


def test_reextraction_by_the_same_version_changes_nothing(db: Path) -> None:
    """What this version has cut is left alone; all of it, cut again, is the same."""
    # The profile that the title was crawled with is not among the shipped ones.
    found = json.loads(
        said("reextract", "--db", db, "--general-rules", "--json").stdout
    )
    assert (found["captures"], found["changed"], found["rescued"]) == (3, 0, 0)
    found = json.loads(
        said("reextract", "--db", db, "--general-rules", "--json").stdout
    )
    assert (found["captures"], found["changed"], found["rescued"]) == (0, 0, 0)
    dry = said("reextract", "--db", db, "--general-rules", "--dry-run", "--all")
    assert dry.exit_code == 0
    assert "3 captures read again" in dry.output
    assert "2 cuts are the same, 0 would be changed" in dry.output
    assert "0 rejected pages would be archived, 1 still rejected" in dry.output


def test_reextraction_of_an_archive_in_use_is_exit_code_3(db: Path) -> None:
    """While a crawl writes the archive nothing else may."""
    lock = WriteLock(db)
    result = said("reextract", "--db", db, "--general-rules")
    lock.release()
    assert result.exit_code == 3
    assert "is being written by another process" in result.output


def test_reading_needs_no_lock(db: Path) -> None:
    """Searching and status work while a crawl writes."""
    lock = WriteLock(db)
    assert said("status", "--db", db).exit_code == 0
    assert said("search", "story", "--db", db).exit_code == 0
    lock.release()


@pytest.fixture
def used_port() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def test_serve_on_a_used_port_is_exit_code_2(db: Path, used_port: int) -> None:
    """The port is named, and the option that chooses another."""
    result = said("serve", "--db", db, "--port", used_port)
    assert result.exit_code == 2
    assert f"cannot listen on 127.0.0.1 port {used_port}" in result.output
    assert "--port" in result.output


def test_demo_on_a_used_port_is_exit_code_2(tmp_path: Path, used_port: int) -> None:
    """Where the titles cannot be published the option is named that moves them."""
    place = ("--db", tmp_path / "demo.db")
    result = said("demo", "--check", "--port-base", used_port, *place)
    assert result.exit_code == 2
    assert f"cannot be published from port {used_port} on" in result.output
    result = said("demo", "--port", used_port, *place)
    assert result.exit_code == 2
    assert not (tmp_path / "demo.db").exists()


def test_demo_does_not_mix_with_real_titles(db: Path, tmp_path: Path) -> None:
    """Made-up articles are kept out of an archive of real ones; its own is fine."""
    refuse_other_archives(tmp_path / "new.db")
    refuse_other_archives(db)  # all its homes are on this machine
    with press({"/a": article(1)}) as site:
        site.pages["/feed"] = feed(site.url("/a"))
        home = "https://real.example/"
        profile = profile_of(home, feeds=(site.url("/feed"),))
        crawl_site(tmp_path / "real.db", profile, site.allowed)
    result = said("demo", "--db", tmp_path / "real.db")
    assert result.exit_code == 2
    assert "holds real titles" in result.output


def test_serve_opens_the_archive(db: Path) -> None:
    """The reading room answers on the port that was asked for."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = start("serve", "--db", db, "--port", port)
    try:
        page = until_answered(f"http://127.0.0.1:{port}/", process)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert "Weekly" in page


def until_answered(url: str, process: subprocess.Popen[str]) -> str:
    """A page, once its server has started."""
    end = time.monotonic() + 60
    while True:
        try:
            with urlopen(url, timeout=10) as answer:
                return str(answer.read().decode("utf-8"))
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)


def test_demo_checks_itself(tmp_path: Path) -> None:
    """`cuttings demo --check` crawls, compares with the truth and ends with 0."""
    done = cuttings("demo", "--check", "--port-base", 0, "--db", tmp_path / "d.db")
    assert done.returncode == 0, done.stderr
    assert "0 differences" in done.stdout


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (KeyboardInterrupt(), EXIT_STOPPED, "Error: stopped"),
        (PermissionError(13, "Permission denied", "x"), EXIT_ARCHIVE, "x: Permission"),
    ],
)
def test_errors_end_with_their_code(
    error: BaseException, code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C and the system's errors end a command with a line and its code."""
    with pytest.raises(SystemExit) as caught, told_errors():
        raise error
    assert caught.value.code == code
    assert message in capsys.readouterr().err


def test_closed_pipe_is_left_to_click() -> None:
    """`cuttings … | head` is no error of the archive."""
    with pytest.raises(BrokenPipeError), told_errors():
        raise BrokenPipeError
