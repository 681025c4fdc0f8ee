"""Saved pages in real sites' structures, with text of our own, come out as expected."""

from __future__ import annotations

import pytest
from reader import CASES, case, shown

from pipelines.extract import extract


@pytest.mark.parametrize("name", sorted(folder.name for folder in CASES.iterdir()))
def test_case(name: str) -> None:
    """Every field that a case states is extracted exactly so."""
    page, site, expected = case(name)
    article = extract(page, site)
    assert article is not None
    found = shown(article)
    assert {field: found[field] for field in expected} == expected
