"""Links to other articles keep their roles, wherever a page or a profile puts them."""

from __future__ import annotations

import pytest
from reader import Site, page
from tiny import article

from pipelines.extract import extract

LIST = '<ul><li><a href="/o">Oars are for sale again</a></li></ul>'


def roles(markup: str, site: Site | None = None) -> list[tuple[str, str]]:
    """Role and anchor text of the links of a page."""
    found = extract(page(markup), site or Site())
    assert found is not None
    return [(link.role, link.text) for link in found.links]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Related content", "related"),
        ("See also", "related"),
        ("More on ropes", "related"),
        ("Most read", "teaser"),
        ("Latest stories", "teaser"),
        ("You may also like", "teaser"),
        ("Sponsored", "sponsored"),
    ],
)
def test_a_label_tells_who_has_chosen(label: str, role: str) -> None:
    """What relates to the article is told from what is only read most, or new."""
    found = roles(article(f"<p>{label}</p>{LIST}"))
    assert found == [(role, "Oars are for sale again")]


def test_what_a_profile_removes_keeps_its_pointers() -> None:
    """A removed box is no text; the articles that it names stay known as related."""
    middle = f'<div id="x"><p><a href="/l">Log in</a></p><p>See also</p>{LIST}</div>'
    site = Site(removals=("#x",))
    found = extract(page(article(middle)), site)
    assert found is not None
    assert "Oars" not in found.body
    assert roles(article(middle), site) == [("related", "Oars are for sale again")]


def test_what_stands_outside_a_profiles_selector_keeps_its_pointers() -> None:
    """Of lines that the profile leaves out, titles that lead elsewhere are teasers."""
    after = "<div><p>Log in</p></div>" + LIST.replace("/o", "/oars")
    markup = article("<p>Read more: none</p>").replace("</main>", f"{after}</main>")
    site = Site(selectors={"body": ("article",)})
    assert roles(markup, site) == [("teaser", "Oars are for sale again")]


def test_links_in_lists_and_quotations_are_inline() -> None:
    """Whatever block of the text a link stands in, it is a link of the text."""
    middle = (
        '<ul><li>The long rope, <a href="/r">which is the newer one</a> of two</li>'
        "<li>The short rope, of which nobody knows how old it is</li></ul>"
        '<blockquote><p>I have never seen <a href="/s">such a long rope</a>, nor a '
        "wetter one, said the captain of the ferry</p></blockquote>"
    )
    assert roles(article(middle)) == [
        ("inline", "which is the newer one"),
        ("inline", "such a long rope"),
    ]
