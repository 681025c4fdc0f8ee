"""An article of Girder & Sleeper in, its page out, in the markup of WordPress.

Four pages in five carry JSON-LD, all of them Open Graph; a newsletter box, a "Read
more" line and a pull quote stand inside the text; comments and a block of the latest
posts with dates of their own stand below it.
"""

from __future__ import annotations

import json
from datetime import timedelta

from demo.addresses import FEED_TAIL, section_slug
from demo.blocks import link_in_text, pieces
from demo.edition import Edition, local
from demo.model import Article, Author
from demo.sheet import Frame, Sheet, safe

COMMENTS = (
    ("Old Platelayer", "We did the same at our depot with half the people."),
    ("R. Dunmore", "Has anyone asked the night shift what they think of this?"),
    ("Muddy Boots", "The drawing shows the crane on the wrong side of the river."),
    ("Clerk of Works", "Good to see figures for once. More of this, please."),
)


def article_page(edition: Edition, article: Article, sheet: Sheet) -> str:
    """The page of one article; its furniture is noted on the sheet."""
    standfirst = article.standfirst and (
        f'<p class="standfirst">{safe(article.standfirst)}</p>'
    )
    path = f"/category/{section_slug(article.section)}/"
    content = f"""<article id="post-{article.number}" class="post type-post hentry">
<header class="entry-header">
<span class="cat-links"><a href="{path}" rel="category tag">{safe(article.section)}</a>
</span>
<h1 class="entry-title">{safe(article.headline)}</h1>
{standfirst or ""}
<div class="entry-meta">{_byline(article, sheet)}</div>
</header>
{_picture(article, sheet)}
<div class="entry-content">
{_body(edition, article, sheet)}
{_share(edition, article, sheet)}
</div>
<footer class="entry-footer">{_tags(article, sheet)}
{_about_author(article, sheet)}</footer>
</article>
{_comments(article, sheet)}
{_latest(edition, article, sheet)}"""
    head = _open_graph(edition, article) + _json_ld(edition, article)
    return page(
        edition, sheet, Frame(title=article.headline, content=content, head=head)
    )


def author_path(author: Author) -> str:
    """Where an author's posts are listed."""
    return f"/author/{section_slug(author.name)}/"


def _byline(article: Article, sheet: Sheet) -> str:
    names = [
        '<span class="author vcard"><a class="url fn n" rel="author"'
        f' href="{author_path(author)}">{safe(author.name)}</a></span>'
        for author in article.authors
    ]
    shown = local(article.published)
    stamp = (
        f'<time class="entry-date published" datetime="{shown.isoformat()}">'
        f"{_day(article)}</time>"
    )
    by = " and ".join(author.name for author in article.authors)
    sheet.note("byline", f"By {by} {_day(article)}")
    return f'<span class="byline">By {" and ".join(names)}</span> {stamp}'


def _day(article: Article) -> str:
    shown = local(article.published)
    return f"{shown.day} {shown:%B %Y}"


def _picture(article: Article, sheet: Sheet) -> str:
    picture = article.picture
    if picture is None:
        return ""
    source = " / ".join(part for part in (picture.credit, picture.licence) if part)
    photo = f"(Photo: {source})" if source else ""
    line = " ".join(part for part in (picture.caption, photo) if part)
    if line:
        sheet.note("caption", line)
    credit = f'<span class="photo-credit">{safe(photo)}</span>' if photo else ""
    under = f"<figcaption>{safe(picture.caption)} {credit}</figcaption>" if line else ""
    return (
        f'<figure class="post-thumbnail"><img src="{picture.path}" width="1200"'
        f' height="675" alt="{safe(picture.caption)}">{under}</figure>'
    )


def _body(edition: Edition, article: Article, sheet: Sheet) -> str:
    """The text with what WordPress plug-ins and editors put between its lines."""
    made = pieces(article.blocks)
    if article.number % 3 == 0:
        other = edition.earlier(article, 3)[-1]
        sheet.lead("inline", [other.path])
        link_in_text(made, f"{edition.url(other.path)}?{FEED_TAIL}")
    inserts = [_newsletter(sheet), _read_more(edition, article, sheet)]
    if article.number % 2 == 0:
        inserts.append(_pull_quote(article, sheet))
    if article.number % 4 == 1:
        inserts.append(_meter(sheet))
    step = max(1, (len(made) - 2) // len(inserts))
    for place, insert in reversed(list(enumerate(inserts))):
        made.insert(2 + place * step, insert)
    return "".join(made)


def _newsletter(sheet: Sheet) -> str:
    title = sheet.say("newsletter", "Get the Friday bulletin")
    line = sheet.say("newsletter", "The week’s building and rail news in one letter.")
    return (
        f'<div class="newsletter-signup"><h3>{title}</h3><p>{line}</p>'
        '<form action="/subscribe/" method="post"><input type="email" name="email">'
        "</form></div>\n"
    )


def _read_more(edition: Edition, article: Article, sheet: Sheet) -> str:
    other = edition.earlier(article, 1)[0]
    sheet.note("related", f"Read more: {other.headline}")
    sheet.lead("related", [other.path])
    return (
        f'<p><strong>Read more:</strong> <a href="{other.path}">'
        f"{safe(other.headline)}</a></p>\n"
    )


def _pull_quote(article: Article, sheet: Sheet) -> str:
    """A sentence of the body in large type; noted apart, for the text holds it too."""
    longest = max(
        (block.text for block in article.blocks[2:] if block.kind == "paragraph"),
        key=len,
    )
    sheet.pull_quote = longest.split(". ")[0].strip("“”")
    return f'<aside class="pull-quote"><p>{safe(sheet.pull_quote)}</p></aside>\n'


def _meter(sheet: Sheet) -> str:
    line = sheet.say("paywall", "You have read 2 of your 3 free articles this month.")
    offer = sheet.say("paywall", "Subscribe to read without limits")
    return (
        f'<div class="meter"><p>{line}</p><p><a href="/join/">{offer}</a></p></div>\n'
    )


def _share(edition: Edition, article: Article, sheet: Sheet) -> str:
    address = edition.url(article.path)
    links = [
        (name, f"https://share.example/{name.lower()}?u={address}")
        for name in ("Facebook", "LinkedIn", "Email")
    ]
    label = sheet.say("share", "Share this:")
    return (
        f'<div class="sharedaddy"><h3>{label}</h3><ul>{sheet.links("share", links)}'
        "</ul></div>"
    )


def _tags(article: Article, sheet: Sheet) -> str:
    links = ", ".join(
        f'<a href="/tag/{section_slug(tag)}/" rel="tag">{safe(tag)}</a>'
        for tag in article.tags
    )
    sheet.note("tags", f"Tagged: {', '.join(article.tags)}")
    return f'<span class="tags-links">Tagged: {links}</span>'


def _about_author(article: Article, sheet: Sheet) -> str:
    author = article.authors[0]
    line = f"{author.name} is {author.role} of Girder & Sleeper."
    words = sheet.say("byline", line)
    more = sheet.link("nav", f"View all of {author.name}’s posts", author_path(author))
    return f'<div class="author-bio"><p>{words}</p><p>{more}</p></div>'


def _comments(article: Article, sheet: Sheet) -> str:
    """Readers' comments, each with a name, a moment and a reply link of its own."""
    count = article.number % 4
    items = []
    for place in range(count):
        name, words = COMMENTS[(article.number // 4 + place) % len(COMMENTS)]
        moment = local(article.published + timedelta(days=1 + place, minutes=37))
        said = f'<b class="fn">{name}</b> <span class="says">says:</span>'
        items.append(
            f'<li class="comment"><footer class="comment-meta"><div class='
            f'"comment-author vcard">{said}</div><time datetime="{moment.isoformat()}">'
            f'{moment:%d/%m/%Y}</time></footer><div class="comment-content"><p>'
            f'{sheet.say("comments", words)}</p></div><a rel="nofollow" href='
            f'"{article.path}?replytocom={article.number * 10 + place}#respond">'
            f"{sheet.say('comments', f'Reply to {name}')}</a></li>"
        )
    title = sheet.say("comments", "Leave a comment")
    return (
        f'<section id="comments" class="comments-area"><ol class="comment-list">'
        f'{"".join(items)}</ol><div id="respond"><h3>{title}</h3></div></section>'
    )


def _latest(edition: Edition, article: Article, sheet: Sheet) -> str:
    others = [one for one in edition.articles if one.headline != article.headline][:5]
    rows = "\n".join(
        f"<li>{sheet.link('teaser', one.headline, one.path)} <time datetime="
        f'"{local(one.published).isoformat()}">{_day(one)}</time></li>'
        for one in others
    )
    label = sheet.say("teaser", "Latest posts")
    sheet.lead("teaser", [one.path for one in others])
    advert = sheet.say("sponsored", "Sponsored: how to hire a crane without tears")
    return (
        f'<aside class="widget"><h2>{label}</h2><ul>{rows}</ul></aside>'
        f'<aside class="widget"><p><a href="/partners/cranes/">{advert}</a></p></aside>'
    )


def _open_graph(edition: Edition, article: Article) -> str:
    """Metadata; where no editor wrote a standfirst, the lead is cut for it."""
    about = article.standfirst or article.blocks[0].text[:150] + "…"
    pairs = [
        ("og:type", "article"),
        ("og:title", f"{article.headline} - {edition.title}"),
        ("og:description", about),
        ("og:url", edition.url(article.path)),
        ("og:site_name", edition.title),
        ("og:locale", "en_GB"),
        ("article:published_time", local(article.published).isoformat()),
        ("article:section", article.section),
        *(("article:tag", tag) for tag in article.tags),
    ]
    if article.updated:
        pairs.append(("article:modified_time", local(article.updated).isoformat()))
    if article.picture:
        pairs.append(("og:image", edition.url(article.picture.path)))
    metas = "".join(
        f'<meta property="{name}" content="{safe(value)}">\n' for name, value in pairs
    )
    links = (
        f'<link rel="canonical" href="{edition.url(_canonical(edition, article))}">\n'
        f'<link rel="shortlink" href="{edition.url(f"/?p={article.number}")}">\n'
    )
    return f'{links}<meta name="description" content="{safe(about)}">\n{metas}'


def column_path(edition: Edition) -> str:
    """Where the editions of the title's column are listed; empty without one."""
    column = edition.trade.column
    return f"/column/{section_slug(column.headline)}/" if column else ""


def _canonical(edition: Edition, article: Article) -> str:
    """The address that a page names as its own: all editions name their column's."""
    column = edition.trade.column
    if column and article.headline == column.headline:
        return column_path(edition)
    return article.path


def _json_ld(edition: Edition, article: Article) -> str:
    if article.number % 5 == 0:
        return ""
    data = _news_article(edition, article)
    if article.number % 2:
        site = {"@type": "WebSite", "name": edition.title, "url": edition.url("/")}
        data = {"@context": "https://schema.org", "@graph": [site, data]}
    else:
        data = {"@context": "https://schema.org", **data}
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


def _news_article(edition: Edition, article: Article) -> dict[str, object]:
    data: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": article.headline,
        "mainEntityOfPage": edition.url(article.path),
        "datePublished": local(article.published).isoformat(),
        "dateModified": local(article.changed).isoformat(),
        "author": [
            {
                "@type": "Person",
                "name": author.name,
                "url": edition.url(author_path(author)),
            }
            for author in article.authors
        ],
        "articleSection": article.section,
        "keywords": list(article.tags),
        "publisher": {"@type": "Organization", "name": edition.title},
    }
    if article.standfirst:
        data["description"] = article.standfirst
    if article.picture:
        data["image"] = edition.url(article.picture.path)
    return data


def page(edition: Edition, sheet: Sheet, frame: Frame) -> str:
    """Everything that stands on all pages of the title."""
    name = safe(edition.title)
    menu = [
        (one.name, f"/category/{section_slug(one.name)}/") for one in edition.sections
    ]
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="UTF-8">
<title>{safe(frame.title)} - {name}</title>
<link rel="alternate" type="application/rss+xml" title="{name}" href="/feed/">
<link rel="alternate" type="application/atom+xml" title="{name}" href="/feed/atom/">
<link rel="https://api.w.org/" href="{edition.url("/wp-json/")}">
<meta name="generator" content="WordPress 6.3">
{frame.head}</head>
<body class="single">
<header class="site-header"><p class="site-title"><a href="/" rel="home">\
{sheet.say("nav", edition.title)}</a></p>
<nav><ul>{sheet.links("nav", menu)}
<li>{sheet.link("nav", "Log in", "/wp-login.php")}</li></ul></nav></header>
<main>{frame.content}</main>
<footer class="site-footer"><p>{sheet.link("nav", "About", "/about/")}</p>
<p>{sheet.say("legal", f"© 2018–2023 {edition.title}. No part may be reprinted.")}</p>
</footer></body></html>
"""
