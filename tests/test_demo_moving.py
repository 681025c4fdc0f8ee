"""The demo's title that moves serves what its truth says, in each of its systems."""

from __future__ import annotations

import html
import http.client
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.sites.load import load_all
from demo import DemoPublisher, Move, moved_articles, truth
from demo.__main__ import main
from demo.moving import ANSWERS, MOVING, Answers, Era, UnknownMoveError

HISTORY: tuple[Era, ...] = ("numbered", "slugs", "dated")


@pytest.fixture(scope="module")
def publisher() -> Iterator[DemoPublisher]:
    """The titles, one of which can move."""
    with DemoPublisher(move=Move(eras=("numbered",))) as running:
        yield running


def get(publisher: DemoPublisher, path: str) -> tuple[int, str, str]:
    """Status, Location and text of one address of the title that moves."""
    address = urlsplit(publisher.site(MOVING).base_url).netloc
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        location = answer.getheader("Location", "").removeprefix(f"http://{address}")
        return answer.status, location, answer.read().decode()
    finally:
        connection.close()


def words(text: str) -> str:
    """The words of a page as a reader sees them, hard spaces and tags taken out."""
    shown = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return " ".join(unicodedata.normalize("NFKC", shown).split())


@pytest.mark.parametrize("count", [1, 2, 3])
def test_pages_of_each_system_hold_the_truth(
    publisher: DemoPublisher, count: int
) -> None:
    """Headline, text and authors of every article stand on its page in each system."""
    move = Move(eras=HISTORY[:count])
    publisher.move(move)
    for one in moved_articles(move):
        if move.now not in one.shown:
            continue
        article = one.shown[move.now]
        status, _, text = get(publisher, article.path)
        assert status == 200, article.path
        shown = words(text)
        assert words(article.headline) in shown
        assert all(author.name in shown for author in article.authors)
        lines = [part for block in article.blocks for part in block.text.split(" | ")]
        assert [line for line in lines if words(line) not in shown] == []


@pytest.mark.parametrize("answers", ANSWERS)
def test_old_addresses_answer_as_they_are_told(
    publisher: DemoPublisher, answers: Answers
) -> None:
    """A redirect ends at the new page, the others in nothing, at home, or as ever."""
    move = Move(eras=HISTORY, answers=answers)
    publisher.move(move)
    for one in moved_articles(move):
        new = one.path("dated")
        for path in one.old_paths(move):
            status, location, text = get(publisher, path)
            expected = move.answer_of(one)
            if expected == "gone":
                assert status == 404
            elif expected == "home":
                assert (status, location) == (302, "/")
            elif expected == "both":
                assert status == 200
                assert 'content="Drupal 7"' in text
                assert (
                    f'rel="canonical" href="{publisher.site(MOVING).base_url}' in text
                )
                assert (new or one.path("slugs") or "") in text
            elif new:
                final = location if location == new else get(publisher, location)[1]
                assert (status, final) == (301, new)


def test_old_and_new_pages_share_no_class(publisher: DemoPublisher) -> None:
    """The new template is another one: no class of the old one is left."""
    found = []
    for count in (2, 3):
        publisher.move(Move(eras=HISTORY[:count]))
        one = next(one for one in moved_articles() if one.awkward == "copy")
        _, _, text = get(publisher, one.path(HISTORY[count - 1]) or "")
        names = re.findall(r'class="([^"]+)"', text)
        found.append({name for value in names for name in value.split()})
    assert found[0] and found[1]
    assert found[0] & found[1] == set()


def test_the_truth_of_the_move_holds_what_is_hard() -> None:
    """There is every kind of awkward article, and each address is one article's."""
    kinds = {one.awkward for one in moved_articles()}
    assert kinds >= {"twin", "notice", "column", "short", "copy", "slug", "dropped"}
    assert sum(one.is_edited for one in moved_articles()) == 3
    assert sum(one.is_new for one in moved_articles()) >= 5
    paths = [
        path
        for one in moved_articles()
        for path in {*one.old_paths(Move(eras=HISTORY)), one.path("dated")}
        if path
    ]
    assert len(paths) == len({*paths})


def test_short_news_is_short() -> None:
    """The short pieces have some sixty words."""
    for one in moved_articles():
        if one.awkward == "short":
            text = " ".join(block.text for block in one.shown["dated"].blocks)
            assert 55 <= len(text.split()) <= 75


def test_a_title_that_does_not_move_is_as_ever() -> None:
    """Without a move the demo knows nothing of the articles that are made for it."""
    usual = {one.path for one in truth("second") if one.site == MOVING}
    made = {one.path("slugs") for one in moved_articles() if one.awkward == "twin"}
    assert made
    assert usual & made == set()


def test_fewer_articles_keep_what_is_hard() -> None:
    """A title cut short has all that something befalls, and the newest others."""
    few = moved_articles(Move(usual=5))
    assert len(few) < len(moved_articles())
    plain = [o for o in few if not (o.awkward or o.is_edited or o.is_new)]
    assert len(plain) == 5
    assert [o for o in moved_articles() if o.awkward and o not in few] == []


def test_command_line_writes_where_articles_went(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m demo --eras … --truth` maps old addresses to new ones, a line each."""
    file = tmp_path / "moves.jsonl"
    code = main(["--eras", "slugs,dated", "--answers", "gone", "--truth", str(file)])
    assert code == 0
    found = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert f"{len(found)} lines" in capsys.readouterr().out
    assert len(found) == len(moved_articles())
    assert [row for row in found if not row["new"] and not row["is_dropped"]] == []
    assert [row for row in found if not row["old"] and not row["is_new"]] == []
    assert sum(row["is_edited"] for row in found) == 3


def test_command_line_refuses_a_move_backwards(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Systems out of order end with a message and exit code 2."""
    file = tmp_path / "moves.jsonl"
    assert main(["--eras", "dated,slugs", "--truth", str(file)]) == 2
    assert "in order" in capsys.readouterr().err
    assert not file.exists()


@pytest.mark.parametrize("era", HISTORY)
def test_profiles_of_each_system_load(
    publisher: DemoPublisher, tmp_path: Path, era: Era
) -> None:
    """The profile that the title needs now is valid and names its newest article."""
    publisher.move(Move(eras=(era,)))
    publisher.profiles(tmp_path)
    loaded = load_all(tmp_path)
    assert not loaded.problems
    profile = next(one for one in loaded.profiles if one.name == MOVING)
    (check,) = profile.checks
    status, _, text = get(publisher, urlsplit(check.url).path)
    assert status == 200
    assert check.contains in html.unescape(text)


@pytest.mark.parametrize(
    ("eras", "answers", "said"),
    [
        (("dated", "slugs"), "gone", "eras 'dated,slugs'"),
        (("paper",), "gone", "eras 'paper'"),
        ((), "gone", "eras ''"),
        (("slugs",), "teapot", "answers 'teapot'"),
    ],
)
def test_moves_that_cannot_be_are_refused(
    eras: tuple[Era, ...], answers: Answers, said: str
) -> None:
    """Systems out of order or unknown are refused, with the known ones named."""
    with pytest.raises(UnknownMoveError, match=said) as raised:
        Move(eras=eras, answers=answers)
    assert ("slugs" in str(raised.value)) or ("redirects" in str(raised.value))
