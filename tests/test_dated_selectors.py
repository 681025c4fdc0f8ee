"""A page is cut with the selectors of the template that the site had on its day."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.items import Page
from crawler.sites.profile import DatedSelectors, Profile
from pipelines.extract import anatomy, cutting

PROFILE = Profile(
    name="paper",
    title="Paper",
    home="https://paper.example/",
    selectors={"headline": (".now",)},
    dated=(
        DatedSelectors(until=date(2020, 1, 1), selectors={"headline": (".first",)}),
        DatedSelectors(until=date(2026, 2, 3), selectors={"headline": (".then",)}),
    ),
)


def page(fetched_at: str) -> Page:
    """An article that three templates would find three headlines in."""
    told = "".join(f"<p>The lock keeper told us story {n}.</p>" for n in range(9))
    heads = "".join(f'<h2 class="{one}">Headline {one}</h2>'
                    for one in ("now", "then", "first"))  # fmt: skip
    url = "https://paper.example/story"
    return Page(
        site="paper", crawl_id=1, requested_url=url, url=url, redirects=(), status=200,
        reason="OK", headers=(), wire=b"",
        body=f"<html><body><article>{heads}{told}</article></body></html>".encode(),
        content_type="text/html", fetched_at=fetched_at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fetched_at", "name"),
    [
        ("2026-02-04T00:00:00Z", "now"),
        ("2026-02-03T23:59:59Z", "then"),
        ("2020-01-02T08:00:00Z", "then"),
        ("2020-01-01T08:00:00Z", "first"),
        ("1970-01-01T00:00:00Z", "now"),
        ("", "now"),
    ],
)
def test_old_captures_keep_the_old_selectors(fetched_at: str, name: str) -> None:
    """The day of the fetch decides; where it is unknown the current ones hold."""
    article = cutting(page(fetched_at), PROFILE).article
    assert article is not None
    assert article.headline == f"Headline {name}"
    assert anatomy(page(fetched_at), PROFILE).article == article


def test_a_profile_without_older_templates_is_the_same_on_any_day() -> None:
    """Nothing is copied where nothing is dated."""
    plain = Profile(name="paper", title="Paper", home="https://paper.example/")
    assert plain.as_of(date(2001, 1, 1)) is plain
