"""Pages without a byline on a site that is evidently somebody's own."""

from __future__ import annotations

import pytest
from reader import Site, page

from pipelines.extract.byline.authors import authors
from pipelines.extract.fields.titles import headline
from pipelines.extract.material import gather

TITLE = "Canal to be drained"
TEXT = "<p>" + "The lock keepers spoke at some length. " * 6 + "</p>"


def named(
    head: str = "", *, above: str = "", foot: str = "", host: str = "www.example.com"
) -> tuple[str, ...]:
    """The authors of a page on this host with this above and below the article."""
    markup = (
        f"<head><title>{TITLE}</title>{head}</head><body>{above}"
        f"<article><h1>{TITLE}</h1>{TEXT}{TEXT}</article>{foot}</body>"
    )
    material = gather(page(markup, url=f"https://{host}/a-story"), Site(title="Oak"))
    assert material is not None
    found = authors(material, headline(material))
    return found.value if found else ()


@pytest.mark.parametrize(
    ("name", "host", "names"),
    [
        ("Jo Marsh", "jomarsh.example", ("Jo Marsh",)),
        ("Jo Marsh Pottery", "www.jomarsh.example", ("Jo Marsh",)),
        ("Jo Marsh", "www.example.com", ()),
        ("Grace Church", "gracechurch.example", ()),
        ("Hello Water", "hellowater.example", ()),
    ],
)
def test_site_called_after_a_person(
    name: str, host: str, names: tuple[str, ...]
) -> None:
    """A site's name that is a person's, and that the host bears, names the author."""
    head = f'<meta property="og:site_name" content="{name}">'
    assert named(head, host=host) == names


def test_link_home_and_title_name_the_owner() -> None:
    """The name that links home, or ends the page's title, is the site's as well."""
    assert named(above='<a href="/">Jo Marsh</a>', host="jomarsh.example") == (
        "Jo Marsh",
    )
    markup = f"<head><title>{TITLE} | Jo Marsh</title></head><h1>{TITLE}</h1>{TEXT}"
    material = gather(page(markup, url="https://jomarsh.example/a"), Site(title="Oak"))
    assert material is not None
    found = authors(material, headline(material))
    assert found is not None
    assert (found.value, found.witness) == (("Jo Marsh",), "html")


@pytest.mark.parametrize(
    "line",
    [
        "<footer>© 2026 Jo Marsh. All rights reserved.</footer>",
        "<p>Copyright © 2024-2026 by Jo Marsh</p>",
        "<div class=foot><p>(c) Jo Marsh • Impressum</p></div>",
        "<footer>© 2026 JO MARSH</footer>",
        "<footer><a href='/x'>Oak</a> © 2026 Jo Marsh</footer>",
    ],
)
def test_person_who_holds_the_rights(line: str) -> None:
    """Where the page's last lines give the rights to a person, it is the author."""
    assert named(foot=line) == ("Jo Marsh",)


@pytest.mark.parametrize(
    "line",
    [
        "<footer>© 2026 Jo Marsh Ltd</footer>",
        "<footer>© 2026 Quayside Weekly</footer>",
        "<p>© Jo Marsh</p>",
        "<figure><figcaption>© 2026 Jo Marsh</figcaption></figure>",
        "<footer>All copyright is ours</footer>",
        "<p>© 2026 Jo Marsh</p><p>© 2026 Oak</p><p>© 2025 Oak</p>",
    ],
)
def test_other_lines_about_rights(line: str) -> None:
    """A company, a picture's maker and a name in mid-page own no site."""
    assert named(foot=line) == ()


def test_byline_comes_before_the_owner() -> None:
    """Whose site it is matters only where nobody is named."""
    foot = "<footer>© 2026 Jo Marsh</footer>"
    assert named(above="<p>By Sam Vale</p>", foot=foot) == ("Sam Vale",)


def test_stated_name_may_be_the_sites() -> None:
    """On a site called after a person, that person is stated as any author is."""
    names = '<meta property="og:site_name" content="Jo Marsh">'
    assert named(f'{names}<meta name="author" content="Jo Marsh">') == ("Jo Marsh",)


@pytest.mark.parametrize(
    ("text", "host", "names"),
    [
        ("More by JO MARSH", "www.marsh.example", ("Jo Marsh",)),
        ("More by Jo Marsh", "www.example.com", ("Jo",)),
        ("Nothing here", "www.marsh.example", ("Jo",)),
    ],
)
def test_last_name_of_an_author_of_one_word(
    text: str, host: str, names: tuple[str, ...]
) -> None:
    """A given name gets the last name that the page adds to it and the host bears."""
    head = '<meta name="author" content="Jo">'
    assert named(head, foot=f"<p>{text}</p>", host=host) == names


def test_only_whole_words_get_a_last_name() -> None:
    """Of two authors, and of a name with marks in it, none is completed."""
    foot = "<p>Jo Marsh, Jean-Luc Marsh</p>"
    two = '<meta name="author" content="Jo, Sam">'
    marked = '<meta name="author" content="Jo-">'
    assert named(two, foot=foot, host="marsh.example") == ("Jo", "Sam")
    assert named(marked, foot=foot, host="marsh.example") == ("Jo Marsh",)
