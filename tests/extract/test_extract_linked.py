"""Scripts of JSON-LD in; out: what is read of them, whatever state they are in."""

from __future__ import annotations

import pytest
from reader import Site, page

from pipelines.extract.byline.naming import site_name
from pipelines.extract.material import gather
from pipelines.extract.structured import jsonld
from pipelines.extract.structured.linked import read

WHOLE = {
    "@type": "NewsArticle",
    "headline": 'The "new" lock',
    "url": "http://a.example/",
}


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "The \\"new\\" lock", '
        '"url": "http://a.example/"}',
        '{"@type": "NewsArticle", // the kind\n "headline": "The \\"new\\" lock",\n'
        ' /* where */ "url": "http://a.example/", // "no": "more"\n}',
        '<!-- {"@type": "NewsArticle", "headline": "The "new" lock", '
        '"url": "http://a.example/"} -->',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;The "
        "\\&quot;new\\&quot; lock&quot;, &quot;url&quot;: &quot;http://a.example/&quot;};",
    ],
)
def test_repair(script: str) -> None:
    """Comments, bare quotation marks, wrappers and entities do not lose an object."""
    assert jsonld.load(script) == [WHOLE]


@pytest.mark.parametrize(
    "publisher",
    ['"Canal Weekly"', '{"name": "Canal Weekly"}', '{"@id": "#us"}'],
)
def test_publisher_names_the_site(publisher: str) -> None:
    """The article's own publisher comes before other organisations of the scripts."""
    other = '{"@type": "WebSite", "name": "A platform"}'
    us = '{"@id": "#us", "@type": "Person", "name": "Canal Weekly"}'
    article = '{"@type": "NewsArticle", "name": "x", "publisher": ' + publisher + "}"
    linked = read([f"[{other}, {us}, {article}]"], frozenset())
    assert linked.site_names[0] == "Canal Weekly"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content="Canal &amp;amp; Me">', "Canal & Me"),
        ('<script type="application/ld+json">{"@type": "WebSite", "name": "Canal"}'
         "</script>", "Canal"),
        ('<meta name="application-name" content="Canal">', "Canal"),
        ("", ""),
    ],
)  # fmt: skip
def test_site_name(head: str, name: str) -> None:
    """The site's name is what the page's metadata call it; empty where none does."""
    material = gather(page(f"<html><head>{head}</head><h1>A</h1></html>"), Site())
    assert material is not None
    assert site_name(material) == name
