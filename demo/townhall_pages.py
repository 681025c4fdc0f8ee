"""An article of Townhall Circuit in, its page out, in the markup of an old Drupal.

Caption and credit run together; a related list stands in the middle of the text;
labels stay empty where an editor filled nothing in; teasers under the text are years
younger than it.
"""

from __future__ import annotations

from datetime import datetime

from demo.addresses import section_slug
from demo.blocks import caption_line, link_in_text, pieces
from demo.edition import Edition, local
from demo.model import Article
from demo.sheet import Frame, Role, Sheet, safe

DAY = "%a, %d/%m/%Y - %H:%M"
"""Drupal's medium date, day before month as it is set in Britain."""
SPONSORED_LABEL = "Related Sponsored Articles"
SPONSORED = (
    "What happens after the backup? A supplier’s guide to the first forty-eight hours,"
    " in association with Penstock Cloud...",
    "Partner content: why the form is dead, and what Tallow Computing would put in"
    " its place...",
    "How one borough moved its archive on a Sunday: sponsored report from Quillmark...",
)


def article_page(edition: Edition, article: Article, sheet: Sheet) -> str:
    """The page of one article; its furniture is noted on the sheet."""
    standfirst = article.standfirst and (
        '<div class="field field-name-field-standfirst"><p>'
        f"{safe(article.standfirst)}</p></div>"
    )
    content = f"""<div id="block-system-main" class="node node-article clearfix">
<h1 class="title" id="page-title">{safe(article.headline)}</h1>
{standfirst or ""}
<div class="meta submitted">{_byline(article, sheet)}</div>
{_picture(article, sheet)}
<div class="field field-name-body field-type-text-with-summary">
{_body(edition, article, sheet)}</div>
<div class="share-links"><p>{sheet.say("share", "Share this page")}</p></div>
{_labels(edition, article, sheet)}
{_comments(sheet)}
</div>
{_teasers(edition, article, sheet)}"""
    head = _article_head(edition, article)
    return page(
        edition,
        sheet,
        Frame(
            title=article.headline, content=content, head=head, section=article.section
        ),
    )


def _article_head(edition: Edition, article: Article) -> str:
    words = article.standfirst or article.blocks[0].text[:150]
    return (
        f'<link rel="canonical" href="{edition.url(article.path)}" />\n'
        f'<link rel="shortlink" href="{edition.url(article.aliases[0])}" />\n'
        f'<meta name="description" content="{safe(words)}" />'
    )


def _byline(article: Article, sheet: Sheet) -> str:
    """Who wrote it and when, day before month as Drupal prints it in Britain."""
    names = " and ".join(
        f'<a href="/users/{section_slug(author.name)}" class="username">'
        f"{safe(author.name)}</a>"
        for author in article.authors
    )
    parts = [f'<span class="author">By {names}</span> on' if names else "Published on"]
    parts.append(_stamp(article.published, "dc:date dc:created"))
    if article.updated:
        parts.append(f"| Updated {_stamp(article.updated, 'dc:modified')}")
    _note_byline(article, sheet)
    return " ".join(parts)


def _note_byline(article: Article, sheet: Sheet) -> None:
    names = " and ".join(author.name for author in article.authors)
    line = f"By {names} on " if names else "Published on "
    line += f"{local(article.published):{DAY}}"
    if article.updated:
        line += f" | Updated {local(article.updated):{DAY}}"
    sheet.note("byline", line)


def _stamp(moment: datetime, name: str) -> str:
    shown = local(moment)
    return (
        f'<span property="{name}" datatype="xsd:dateTime"'
        f' content="{shown.isoformat(timespec="seconds")}">'
        f"{shown:{DAY}}</span>"
    )


def _picture(article: Article, sheet: Sheet) -> str:
    picture = article.picture
    if picture is None:
        return ""
    line = caption_line(picture.caption, picture.credit, picture.licence)
    under = f'<p class="caption">{sheet.say("caption", line)}</p>' if line else ""
    return (
        f'<div class="field field-name-field-image"><img src="{picture.path}"'
        f' width="640" height="360" alt="{safe(picture.caption)}" />{under}</div>'
    )


def _body(edition: Edition, article: Article, sheet: Sheet) -> str:
    """The text, with the related list after its fourth or fifth piece."""
    made = pieces(article.blocks)
    if article.number % 3 == 0:
        other = edition.earlier(article, 4)[-1]
        sheet.lead("inline", [other.path])
        link_in_text(made, other.aliases[0])
    related = edition.earlier(article, 3)
    label = sheet.say("related", "Related content")
    sheet.lead("related", [one.path for one in related])
    items = sheet.links("related", [(one.headline, one.aliases[0]) for one in related])
    place = min(4 + article.number % 2, len(made) - 1)
    made.insert(place, f"<p><strong>{label}</strong></p>\n<ul>\n{items}\n</ul>\n")
    return "".join(made)


def _labels(edition: Edition, article: Article, sheet: Sheet) -> str:
    """Tags and categories; the labels stand there even with nothing after them."""
    tags = [(tag, f"/tags/{section_slug(tag)}") for tag in article.tags]
    path = f"/section/{section_slug(article.section)}"
    groups = (
        ("Tags", "tags", tags),
        ("Categories", "categories", [(article.section, path)] if tags else []),
    )
    return "\n".join(
        f'<div class="field field-name-{name}"><div class="field-label">'
        f'{sheet.say("tags", label)}</div><ul class="links">'
        f"{sheet.links('tags', links)}</ul></div>"
        for label, name, links in groups
    )


def _comments(sheet: Sheet) -> str:
    return (
        f'<div id="comments"><h2>{sheet.say("comments", "READERS’ CONTRIBUTIONS")}</h2>'
        '<p><a href="/user/login">'
        + sheet.say("comments", "Log in to add a comment, or open a free account.")
        + "</a></p></div>"
    )


def _teasers(edition: Edition, article: Article, sheet: Sheet) -> str:
    later = edition.later(article, 4)
    lines = [(one.standfirst or one.headline, one.path) for one in later]
    sheet.lead("related", [one.path for one in later])  # as the page calls them
    advert = SPONSORED[article.number % len(SPONSORED)]
    return f"""<div class="view view-related-articles">
<h2>{sheet.say("teaser", "Related Articles")}</h2>
<ul>
{sheet.links("teaser", lines)}
</ul></div>
<div class="view view-sponsored"><h2>{sheet.say("sponsored", SPONSORED_LABEL)}</h2>
<p>{sheet.link("sponsored", advert, "/partners/more")}</p></div>"""


def page(edition: Edition, sheet: Sheet, frame: Frame) -> str:
    """Everything that stands on all pages of the title."""
    name = safe(edition.title)
    nav: Role = "nav"
    menu = [
        (one.name, f"/section/{section_slug(one.name)}") for one in edition.sections
    ]
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML+RDFa 1.0//EN"
 "http://www.w3.org/MarkUp/DTD/xhtml-rdfa-1.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en-gb" lang="en-gb">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{safe(frame.title)} | {name}</title>
<meta name="Generator" content="Drupal 7" />
<link rel="alternate" type="application/rss+xml" title="{name}" href="/rss.xml" />
{frame.head}
</head>
<body class="html not-front">
<div id="header"><a href="/" id="logo">{sheet.say(nav, edition.title)}</a>
<ul class="menu">{sheet.links(nav, menu)}
<li>{sheet.link(nav, "Log in", "/user/login")}</li></ul></div>
{_trail(frame.section, sheet)}
<div id="main">
{frame.content}
</div>
<div id="footer"><p>{sheet.say("newsletter", "Sign up for our Thursday bulletin")}</p>
<p>{sheet.link(nav, "About us", "/about-us")}</p>
<p>{sheet.say("legal", f"© {edition.title} 2018–2023. All rights reserved.")}</p></div>
</body></html>
"""


def _trail(section: str | None, sheet: Sheet) -> str:
    if section is None:
        return ""
    sheet.note("nav", f"Home » {section}")
    return (
        '<div class="breadcrumb"><a href="/">Home</a> » '
        f'<a href="/section/{section_slug(section)}">{safe(section)}</a></div>'
    )
