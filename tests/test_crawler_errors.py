"""In: what went wrong; out: facts about the messages of crawler.errors."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from crawler import errors

EXAMPLES = [
    (errors.InvalidUrl("x:y", "its scheme is x"), ("'x:y'", "https://")),
    (
        errors.ProfileError(Path("a.toml"), "routes.feed", "unknown key"),
        ("a.toml", "routes.feed", "unknown key"),
    ),
    (
        errors.UnknownSite("weekly", ("grocer", "rail")),
        ("'weekly'", "grocer, rail", "crawler/sites/weekly.toml"),
    ),
    (errors.UnknownSite("weekly", ()), ("Known sites: none",)),
    (errors.MissingContact("CONTACT"), ("CONTACT is empty", "before a live crawl")),
    (
        errors.PrivateAddress("http://intranet/", "10.0.0.1"),
        ("http://intranet/", "10.0.0.1", "--allow-private HOST:PORT"),
    ),
]


@pytest.mark.parametrize(("error", "parts"), EXAMPLES)
def test_a_message_says_what_where_and_what_next(
    error: errors.CrawlerError, parts: tuple[str, ...]
) -> None:
    """Every exception's message names the object and the remedy."""
    assert all(part in str(error) for part in parts)


@pytest.mark.parametrize(("error", "parts"), EXAMPLES)
def test_an_exception_crosses_process_borders(
    error: errors.CrawlerError, parts: tuple[str, ...]
) -> None:
    """An exception raised in a worker arrives with its attributes."""
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert vars(again) == vars(error)
