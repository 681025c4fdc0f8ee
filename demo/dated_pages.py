"""An article of the moved Townhall Circuit in, its page out, in a theme of blocks.

Nothing of the old template is left: other classes, the byline under the text's picture
as "NAME | Reporter", pictures in another size, and a date that two pages in three state
in UTC and the third without a time of day.
"""

from __future__ import annotations

import json
from datetime import UTC

from demo.addresses import section_slug
from demo.blocks import pieces
from demo.edition import Edition, local
from demo.model import Article
from demo.sheet import Frame, Sheet, safe

DRESSED = (
    ("<h2>", '<h3 class="wp-block-heading">'),
    ("</h2>", "</h3>"),
    ("<ul>", '<ul class="wp-block-list">'),
    ("<ol>", '<ol class="wp-block-list">'),
    ("<blockquote>", '<blockquote class="wp-block-quote is-layout-flow">'),
    ("<table>", '<figure class="wp-block-table"><table class="has-fixed-layout">'),
    ("</table>", "</table></figure>"),
)
"""What the import made of plain elements."""

TYPED = (("<ul>\n", ""), ("</ul>\n", ""), ("<li>", "<p>• "), ("</li>", "</p>"))
"""What it made of lists that an editor had pasted."""


def article_page(edition: Edition, article: Article, sheet: Sheet) -> str:
    """The page of one article; its furniture is noted on the sheet."""
    content = f"""<div class="wp-block-group alignwide entry">
{_terms(article)}
<h1 class="wp-block-post-title has-xx-large-font-size">{safe(article.headline)}</h1>
{_excerpt(article)}
{_picture(article, sheet)}
<div class="wp-block-group is-nowrap">{_byline(article, sheet)}</div>
<div class="entry-content wp-block-post-content is-layout-constrained">
{_body(edition, article, sheet)}</div>
{_tags(article, sheet)}
{_beside(edition, article, sheet)}
</div>
{_more(edition, article, sheet)}"""
    frame = Frame(
        title=article.headline, content=content, head=_article_head(edition, article)
    )
    return page(edition, sheet, frame, article.number)


def _terms(article: Article) -> str:
    path = f"/category/{section_slug(article.section)}/"
    return (
        '<div class="taxonomy-category wp-block-post-terms">'
        f'<a href="{path}" rel="tag">{safe(article.section)}</a></div>'
    )


def _leads(article: Article) -> bool:
    """Whether the import made the standfirst the first paragraph of the text."""
    return article.standfirst is not None and article.published.toordinal() % 4 == 1


def _excerpt(article: Article) -> str:
    if not article.standfirst or _leads(article):
        return ""
    return (
        '<div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">'
        f"{safe(article.standfirst)}</p></div>"
    )


def _picture(article: Article, sheet: Sheet) -> str:
    picture = article.picture
    if picture is None:
        return ""
    source = ", ".join(part for part in (picture.credit, picture.licence) if part)
    photo = f"Photo: {source}" if source else ""
    line = " | ".join(part for part in (picture.caption, photo) if part)
    under = (
        f'<figcaption class="wp-element-caption">{sheet.say("caption", line)}'
        "</figcaption>"
        if line
        else ""
    )
    return (
        f'<figure class="wp-block-post-featured-image"><img src="{picture.path}"'
        f' width="1024" height="576" alt="{safe(picture.caption)}"'
        f' decoding="async">{under}</figure>'
    )


def _byline(article: Article, sheet: Sheet) -> str:
    """ "NAME | Reporter", or "ONE & OTHER | Reporters", and the day."""
    day = _day(article)
    names = " & ".join(author.name for author in reversed(article.authors))
    line = ""
    if names:
        role = article.authors[0].role.capitalize() + "s" * (len(article.authors) > 1)
        said = sheet.say("byline", f"{names} | {role}")
        line = f'<p class="byline has-small-font-size">{said}</p>'
    sheet.note("byline", day)
    return (
        f'{line}<div class="wp-block-post-date"><time datetime="{_stated(article)}">'
        f"{day}</time></div>"
    )


def _day(article: Article) -> str:
    shown = local(article.published)
    return f"{shown.day} {shown:%B %Y}"


def _stated(article: Article) -> str:
    """The instant in UTC, or no more than the day in London."""
    if has_day_only(article):
        return f"{local(article.published):%Y-%m-%d}"
    return f"{article.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def has_day_only(article: Article) -> bool:
    """Whether the page leaves the time of day out."""
    return article.published.toordinal() % 3 == 0


def _body(edition: Edition, article: Article, sheet: Sheet) -> str:
    """The text as it was imported, with what the theme puts between its lines."""
    made = [_dressed(article, piece) for piece in pieces(article.blocks)]
    other = edition.earlier(article, 1)[0]
    sheet.note("related", f"See also: {other.headline}")
    see = (
        '<p class="has-accent-background-color"><em>See also:</em> '
        f'<a href="{other.path}">{safe(other.headline)}</a></p>\n'
    )
    inserts = [see, _letter(sheet)] if len(made) > 3 else [see]
    step = max(1, len(made) // (len(inserts) + 1))
    for place, insert in reversed(list(enumerate(inserts))):
        made.insert((place + 1) * step, insert)
    made.insert(1, "<p>&nbsp;</p>\n")
    if _leads(article):
        made.insert(0, f"<p>{safe(article.standfirst or '')}</p>\n")
    return "".join(made)


def _dressed(article: Article, piece: str) -> str:
    """A piece as the import left it: of some lists no more than bullets."""
    if piece.startswith("<ul>") and article.published.toordinal() % 2 == 1:
        for plain, typed in TYPED:
            piece = piece.replace(plain, typed)
    for plain, dressed in DRESSED:
        piece = piece.replace(plain, dressed)
    return piece


def _letter(sheet: Sheet) -> str:
    title = sheet.say("newsletter", "The Circuit, twice a week")
    line = sheet.say("newsletter", "One letter on Tuesdays, another on Fridays.")
    button = sheet.say("newsletter", "Put me on the list")
    return (
        '<div class="wp-block-group has-border jetpack_subscription_widget">'
        f"<h4>{title}</h4><p>{line}</p><a"
        f' class="wp-block-button__link" href="/letters/">{button}</a></div>\n'
    )


def _tags(article: Article, sheet: Sheet) -> str:
    if not article.tags:
        return ""
    links = [(tag, f"/tag/{section_slug(tag)}/") for tag in article.tags]
    return (
        '<ul class="taxonomy-post_tag wp-block-post-terms">'
        f"{sheet.links('tags', links)}</ul>"
    )


def _beside(edition: Edition, article: Article, sheet: Sheet) -> str:
    """Links to the posts before and after, as WordPress puts them under a post."""
    before, after = edition.earlier(article, 1)[0], edition.later(article, 1)[0]
    return (
        '<nav class="post-navigation-link" aria-label="Posts">'
        f"{sheet.link('nav', f'← {before.headline}', before.path)} "
        f"{sheet.link('nav', f'{after.headline} →', after.path)}</nav>"
    )


def _more(edition: Edition, article: Article, sheet: Sheet) -> str:
    cards = "\n".join(
        f'<li class="wp-block-post"><h3>{sheet.link("teaser", one.headline, one.path)}'
        f'</h3><time datetime="{_stated(one)}">{_day(one)}</time></li>'
        for one in edition.later(article, 3)
    )
    title = sheet.say("teaser", "You may also like")
    advert = sheet.say("sponsored", "Advertisement feature: a filing cabinet that asks")
    return (
        f'<aside class="wp-block-query"><h2>{title}</h2><ul>{cards}</ul>'
        f'<p><a href="/partners/cabinet/">{advert}</a></p></aside>'
    )


def _article_head(edition: Edition, article: Article) -> str:
    pairs = [
        ("og:type", "article"),
        ("og:title", article.headline),
        ("og:url", edition.url(article.path)),
        ("og:site_name", edition.title),
    ]
    if article.standfirst and not _leads(article):
        pairs.append(("og:description", article.standfirst))
    if article.picture:
        pairs.append(("og:image", edition.url(article.picture.path)))
    metas = "".join(
        f'<meta property="{name}" content="{safe(value)}">\n' for name, value in pairs
    )
    links = (
        f'<link rel="canonical" href="{edition.url(article.path)}">\n'
        f'<link rel="shortlink" href="{edition.url(article.aliases[0])}">\n'
    )
    return links + metas + _json_ld(edition, article)


def _json_ld(edition: Edition, article: Article) -> str:
    """What the theme's plug-in states, on pages with a time of day."""
    if has_day_only(article):
        return ""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "url": edition.url(article.path),
        "datePublished": _stated(article),
        "dateModified": f"{article.changed.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "author": [{"@type": "Person", "name": one.name} for one in article.authors],
        "articleSection": article.section,
        "publisher": {"@type": "Organization", "name": edition.title},
    }
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


def page(edition: Edition, sheet: Sheet, frame: Frame, post: int = 0) -> str:
    """Everything that stands on all pages of the title."""
    name = safe(edition.title)
    menu = [
        (one.name, f"/category/{section_slug(one.name)}/") for one in edition.sections
    ]
    skip = sheet.say("nav", "Skip to content")
    title = f"{safe(frame.title)} – {name}" if post // 10 % 2 else safe(frame.title)
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="alternate" type="application/rss+xml" title="{name} » Feed" href="/feed/">
<meta name="generator" content="WordPress 6.4">
{frame.head}</head>
<body class="wp-embed-responsive{f" single-post postid-{post}" if post else ""}">
<a class="skip-link" href="#wp--skip-link--target">{skip}</a>
<div class="wp-site-blocks"><header class="wp-block-template-part">
<p class="wp-block-site-title"><a href="/">{sheet.say("nav", edition.title)}</a></p>
<nav class="wp-block-navigation"><ul>{sheet.links("nav", menu)}</ul></nav></header>
<main class="wp-block-group" id="wp--skip-link--target">
{frame.content}
</main>
<footer class="wp-block-template-part"><p>{sheet.link("nav", "Who we are", "/about/")}
</p><p>{sheet.say("legal", f"Copyright 2023 {edition.title}")}</p>
<p>{sheet.say("legal", "Proudly made up.")}</p></footer></div>
</body></html>
"""
