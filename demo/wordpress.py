"""An edition and a query in, the answer of WordPress's REST API out.

Follows https://developer.wordpress.org/rest-api/reference/posts/ as far as a reader
of lists needs it: paging with its headers, `_embed` and `_fields`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from demo.addresses import section_slug
from demo.edition import Edition, local
from demo.girder_pages import author_path
from demo.model import Article
from demo.resources import Resource, as_json
from demo.sheet import safe

ROOT = "/wp-json/"
POSTS = "/wp-json/wp/v2/posts"
MOST_PER_PAGE = 100


def answer(edition: Edition, path: str, query: dict[str, str]) -> Resource | None:
    """What the API says; None where it has no such address."""
    if path.rstrip("/") == ROOT.rstrip("/"):
        return _root(edition)
    if path.rstrip("/") == POSTS:
        return _posts(edition, query)
    return None


def _root(edition: Edition) -> Resource:
    data = {
        "name": edition.title,
        "url": edition.base_url,
        "timezone_string": "Europe/London",
        "namespaces": ["oembed/1.0", "wp/v2"],
        "routes": {"/wp/v2/posts": {"methods": ["GET"]}},
    }
    return as_json(data, None)


def _posts(edition: Edition, query: dict[str, str]) -> Resource:
    try:
        number = int(query.get("page", "1"))
        size = int(query.get("per_page", "10"))
    except ValueError:
        return _refusal("rest_invalid_param", "page and per_page must be numbers")
    if number < 1 or not 1 <= size <= MOST_PER_PAGE:
        return _refusal("rest_invalid_param", "page or per_page is out of range")
    pages = -(-len(edition.articles) // size)
    if number > pages:
        return _refusal("rest_post_invalid_page_number", "there are fewer pages")
    shown = edition.articles[(number - 1) * size : number * size]
    found = as_json([_post(edition, one, query) for one in shown], None)
    headers = (
        ("X-WP-Total", str(len(edition.articles))),
        ("X-WP-TotalPages", str(pages)),
    )
    return replace(found, headers=headers)


def _refusal(code: str, message: str) -> Resource:
    data = {"code": code, "message": message, "data": {"status": 400}}
    return replace(as_json(data, None), status=400)


def _post(edition: Edition, article: Article, query: dict[str, str]) -> dict[str, Any]:
    """One post; `_embed` adds names, `_fields` leaves only the fields it lists."""
    excerpt = _entities(article.standfirst or article.blocks[0].text[:160])
    excerpt += "" if article.standfirst else " [&hellip;]"
    post: dict[str, Any] = {
        "id": article.number,
        "date": f"{local(article.published):%Y-%m-%dT%H:%M:%S}",
        "date_gmt": _gmt(article.published),
        "modified": f"{local(article.changed):%Y-%m-%dT%H:%M:%S}",
        "modified_gmt": _gmt(article.changed),
        "slug": article.path.rstrip("/").rsplit("/", 1)[1],
        "status": "publish",
        "type": "post",
        "link": edition.url(article.path),
        "title": {"rendered": _entities(article.headline)},
        "excerpt": {"rendered": f"<p>{excerpt}</p>\n", "protected": False},
    }
    fields = query.get("_fields")
    wanted = {name.split(".")[0] for name in fields.split(",")} if fields else None
    if "_embed" in query or (wanted and "_embedded" in wanted):
        post["_embedded"] = _embedded(edition, article)
    return {key: post[key] for key in post if wanted is None or key in wanted}


def _embedded(edition: Edition, article: Article) -> dict[str, Any]:
    section = {
        "name": _entities(article.section),
        "taxonomy": "category",
        "link": edition.url(f"/category/{section_slug(article.section)}/"),
    }
    tags = [
        {
            "name": _entities(tag),
            "taxonomy": "post_tag",
            "link": edition.url(f"/tag/{section_slug(tag)}/"),
        }
        for tag in article.tags
    ]
    people = [
        {"name": author.name, "link": edition.url(author_path(author))}
        for author in article.authors
    ]
    return {"author": people, "wp:term": [[section], tags]}


def _entities(text: str) -> str:
    """WordPress writes typographic marks as numbers."""
    marks = {"’": "&#8217;", "‘": "&#8216;", "“": "&#8220;", "”": "&#8221;"}
    made = safe(text)
    for mark, entity in marks.items():
        made = made.replace(mark, entity)
    return made


def _gmt(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}"
