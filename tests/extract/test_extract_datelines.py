"""Pages in; out: the day of publication that is found there, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dated import HEAD, TEXT, cut, day
from reader import Site, page

from crawler.items import Hint
from pipelines.extract import extract
from pipelines.extract.dated import searched


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Kim Writer / 3 March 2021 / 09:30</p>",
        "<p class=date>3. März 2021</p>",
        "<div class=teaser-meta><a href=/kim>Kim Writer</a> / 03.03.2021 / Photo: Lee"
        "</div>",
        "<aside><ul><li class=post-date>3 Mar 2021</li><li>Canals</li></ul></aside>",
        "<p><strong>Lockville, (03.03.2021)</strong> " + "The lock is new. " * 20,
        "<p>Published: 3 March 2021</p><p>Last updated: 9 May 2022</p>",
        "<p>Letzte Änderung: 9 May 2022</p><p>Erschienen am 3 March 2021</p>",
        "<div class=date>Mar <b>03</b>2021</div>",
    ],
)
def test_day_beside_the_headline(beside: str) -> None:
    """A line or a small block beside the headline states the day of publication."""
    assert day(f"{HEAD}{beside}{TEXT}") == "2021-03-03"


@pytest.mark.parametrize(
    "others",
    [
        "<ul>" + "".join(
            f"<li><a class=date href=/{n}>No. {n} of {n} March 2021</a></li>"
            for n in range(3, 7)
        ) + "</ul>",
        "<a href=/b>A story of another canal altogether <time>3 March 2021</time></a>",
        "<div class=comments><p class=comment-meta>3 March 2021 at 11:21</p>"
        "<p>The old lock was older still, as my aunt has always said of it.</p></div>",
        "<div class=related><h3>More of what was said of locks and of canals here</h3>"
        "<p class=date>3 March 2021</p></div>",
    ],
)  # fmt: skip
def test_no_day_of_others(others: str) -> None:
    """Dates in lists, links and blocks of other posts are not the page's."""
    assert day(f"{HEAD}{TEXT}{others}") is None


def test_vague_metas_give_way_to_the_page() -> None:
    """A meta that states a day under a vague name is believed after the dateline."""
    head = '<meta name="date" content="2021-03-09">'
    assert day(f"{HEAD}<time>3 March 2021</time>{TEXT}", head) == "2021-03-03"
    assert day(f"{HEAD}{TEXT}", head) == "2021-03-09"


def test_exact_metas_come_before_the_page() -> None:
    """A meta that states the instant of publication outweighs what is displayed."""
    head = '<meta property="article:published_time" content="2021-03-03T09:00+00:00">'
    assert day(f"{HEAD}<time>9 May 2021</time>{TEXT}", head) == "2021-03-03"


def test_unusual_meta_name() -> None:
    """A meta whose name says publication and date is read whatever system wrote it."""
    head = '<meta name="acme_published_on" content="2021-03-03T09:00:00Z">'
    assert day(f"{HEAD}{TEXT}", head) == "2021-03-03"


def test_day_in_a_scripts_state() -> None:
    """The day that the page hands to its own program counts where nothing else does."""
    script = '<script>var s = {"publishedAt":"2021-03-03T09:00:00Z"};</script>'
    assert day(f"{HEAD}{TEXT}{script}") == "2021-03-03"


def test_a_label_far_from_the_headline() -> None:
    """One line that says "published" counts even where nobody looks for a date."""
    foot = "<footer class=footer><p>All about locks and canals since long ago, in words"
    line = "</p><p>Published on 3 March 2021 by the lock keepers of Lockville</p>"
    more = "<p>Published on 9 May 2021 by the lock keepers of Lockville</p>"
    assert day(f"{HEAD}{TEXT * 20}{foot}{line}</footer>") == "2021-03-03"
    assert day(f"{HEAD}{TEXT * 20}{foot}{line}{more}</footer>") != "2021-05-09"


def test_a_sentence_is_the_last_resort() -> None:
    """A sentence with a date counts only where no line is a date."""
    sentence = (
        "<p>The keepers of the lock were all there when on 3 March 2021 it opened.</p>"
    )
    assert day(f"{HEAD}{sentence}{TEXT}") == "2021-03-03"
    assert day(f"{HEAD}{sentence}{TEXT}<p>9 May 2021</p>") == "2021-05-09"


def test_deep_furniture() -> None:
    """A date deep inside a block of furniture is not looked for further up."""
    deep = "<div class=related>" * 15 + "x" * 70 + "<b>3 March 2021</b>" + "</div>" * 15
    assert day(f"{HEAD}{TEXT}{deep}") is None


def test_a_change_is_no_publication() -> None:
    """Where only the change is exact, a bare date further down is the publication."""
    head = '<meta property="article:modified_time" content="2022-05-09T09:00:00Z">'
    article = cut(f"{HEAD}{TEXT * 20}<p>3 March 2021</p>", head)
    assert article.published is not None
    assert article.updated is not None
    assert (article.published.on, article.updated.on) == ("2021-03-03", "2022-05-09")


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("2/3/2021 22:41", "2021-03-02"),
        ("2/3/2021 22:39", "2021-03-03"),
        ("27/2/2021 22:41", "2021-03-03"),
    ],
)
def test_local_day_by_the_time_shown(shown: str, expected: str) -> None:
    """A time beside the headline that some zone has at the instant gives the day."""
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": '
        '"2021-03-03T02:41:00Z"}</script>'
    )
    assert day(f"{HEAD}<p>{shown}</p>{TEXT}", head) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://press.example/2021/03/03/lock", "2021-03-03"),
        ("https://press.example/2021/mar/3/lock", "2021-03-03"),
        ("https://press.example/lock-03-03-2021", "2021-03-03"),
        ("https://press.example/20210303/lock", "2021-03-03"),
        ("https://press.example/2021/lock", None),
    ],
)
def test_day_in_the_address(url: str, expected: str | None) -> None:
    """An address that holds a whole day states the day of publication."""
    assert day(f"{HEAD}{TEXT}", url=url) == expected


def test_hints_of_the_routes() -> None:
    """A feed's dates count where the page states none of its own."""
    hint = Hint(
        route="feed", source="https://press.example/feed",
        published="2021-03-03T09:00:00+00:00", updated="2021-03-04T09:00:00+00:00",
    )  # fmt: skip
    article = extract(page(f"<html>{HEAD}{TEXT}</html>", hints=(hint,)), Site())
    assert article is not None
    assert article.published is not None
    assert article.updated is not None
    assert (article.published.on, article.updated.on) == ("2021-03-03", "2021-03-04")


def test_microdata_of_publication_and_change() -> None:
    """Microdata state both days; a change before publication is a constant."""
    body = (
        "<time itemprop=datePublished datetime=2021-03-03T09:00:00Z>3 March 2021</time>"
        "<time class=updated itemprop=dateModified datetime={}T09:00:00Z></time>"
    )
    later = cut(f"{HEAD}{body.format('2021-03-09')}{TEXT}")
    earlier = cut(f"{HEAD}{body.format('2019-03-09')}{TEXT}")
    assert later.published is not None
    assert later.published.on == "2021-03-03"
    assert later.updated is not None
    assert later.updated.on == "2021-03-09"
    assert earlier.updated is None


def test_updated_elements_are_passed_over() -> None:
    """An element that says it holds the day of a change gives no publication."""
    shown = "<p class=date>Updated 9 May 2022</p><p class=date>3 March 2021</p>"
    assert day(f"{HEAD}{shown}{TEXT}") == "2021-03-03"


def test_page_without_a_headline() -> None:
    """Dates are looked for from the top where no headline is known."""
    assert day(f"<p class=date>3 March 2021</p>{TEXT}") == "2021-03-03"


def test_future_is_refused() -> None:
    """A day later than two days after the fetch states nothing."""
    markup = f"<html>{HEAD}<time>26 November 2026</time>{TEXT}</html>"
    known, unknown = page(markup), replace(page(markup), fetched_at="")
    told = [extract(each, Site()) for each in (known, unknown)]
    assert [a.published is None for a in told if a] == [True, False]


def test_last_resort_may_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception inside htmldate costs the date and nothing else."""

    def find_date(*arguments: object, **options: object) -> str:
        raise ValueError("no date")

    monkeypatch.setattr(searched, "find_date", find_date)
    assert cut(f"{HEAD}{TEXT}").headline == "A new lock for the canal"


def test_last_resort_does_not_see_others() -> None:
    """Impossible days, listed days and those of related posts are not searched."""
    item = "<li><a href=/b><time datetime=2021-03-03>3 March 2021</time></a></li>"
    others = (
        "<meta content=2026-02-30><time datetime=2026-02-30></time>"
        "<div class=comments><p>Said on 3 March 2021 by somebody who "
        "had seen the old lock, the new lock and all that was between.</p></div>"
        f"<time>soon</time><ul>{item * 4}</ul>"
    )
    own = f"<div class=related>{HEAD}{TEXT}</div>"
    assert day(f"{own}{others}") is None
    assert day(f"{HEAD}{TEXT}{others}") is None
