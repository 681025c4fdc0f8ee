"""An article of Carton & Kettle in, its page out: nested tables, fonts and breaks.

Nothing on the page has a class, an id or a machine-readable date. Only widths, sizes
and colours tell its parts from each other, and they are the same on every page:

* the main column is `td[width="470"]`, the text within it `td[width="466"]`;
* in the main column the trail of links is grey (#666666), the headline `font` of size
  5, the standfirst of size 3, byline and date red (#990000) of sizes 2 and 1, the
  date of a change green (#006600), the keywords brown (#663300).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from urllib.parse import quote_plus

from demo.addresses import FRONT_TAIL
from demo.edition import Edition, local
from demo.model import Article, Author, Block
from demo.sheet import Frame, Role, Sheet, safe

ADVERT = "Advertisement: Amberseal lids, now in nine colours"


def article_page(edition: Edition, article: Article, sheet: Sheet) -> str:
    """The page of one article; its furniture is noted on the sheet."""
    standfirst = article.standfirst and (
        f'<font size="3" color="#444444"><i>{safe(article.standfirst)}</i></font><br>'
    )
    changed = article.updated and (
        f'<font size="1" color="#006600">'
        f"{sheet.say('byline', f'Updated: {_moment(article.updated)}')}</font><br>"
    )
    beat = section_path(edition, article.section)
    content = f"""<font size="1" color="#666666"><a href="/">Home</a> &gt; \
<a href="{beat}">{safe(article.section)}</a></font><br>
<font size="5"><b>{safe(article.headline)}</b></font><br>
{standfirst or ""}
<font size="2" color="#990000">{sheet.say("byline", byline(article.authors))}</font><br>
<font size="1" color="#990000">{sheet.say("byline", _moment(article.published))}\
</font><br>
{changed or ""}{_picture(article, sheet)}
<table width="468" border="0" cellpadding="1"><tr><td width="466" valign="top">
{_body(edition, article, sheet)}
</td></tr></table>
{_keywords(article, sheet)}
{_foot(article, sheet)}"""
    sheet.note("nav", f"Home > {article.section}")
    return page(
        edition,
        sheet,
        Frame(title=article.headline, content=content, own=article.headline),
    )


def section_path(edition: Edition, name: str) -> str:
    """Address of a section, which goes by number."""
    names = [section.name for section in edition.sections]
    return f"/section.php?s={names.index(name) + 1}"


def byline(authors: Sequence[Author]) -> str:
    """ "By Name and Name, role" with the roles of all in one breath."""
    names = " and ".join(author.name for author in authors)
    roles = " and ".join(dict.fromkeys(author.role for author in authors))
    return f"By {names}, {roles}"


def _moment(moment: datetime) -> str:
    shown = local(moment)
    return f"{shown.day} {shown:%B %Y, %H:%M}"


def _picture(article: Article, sheet: Sheet) -> str:
    picture = article.picture
    if picture is None:
        return ""
    source = "/".join(part for part in (picture.credit, picture.licence) if part)
    credit = f"(Picture: {source})" if source else ""
    line = " ".join(part for part in (picture.caption, credit) if part)
    under = sheet.say("caption", line) if line else "&nbsp;"
    return (
        '<table align="right" width="200"><tr><td>'
        f'<img src="{picture.path}" width="200" height="140" alt=""></td></tr>'
        f'<tr><td><font size="1" color="#333333"><i>{under}</i></font></td></tr>'
        "</table>"
    )


def _body(edition: Edition, article: Article, sheet: Sheet) -> str:
    """Lines with breaks between them, or paragraphs nobody closed."""
    made = _pieces(article.blocks)
    place = min(3 + article.number % 3, len(made) - 1)
    made.insert(place, _related(edition, article, sheet))
    between, start = ("\n<br><br>\n", "") if article.number % 2 else ("\n<p>", "<p>")
    return start + between.join(made)


def _pieces(blocks: Sequence[Block]) -> list[str]:
    made: list[str] = []
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        texts = [safe(block.text) for block in run]
        if kind in ("list_item", "numbered_item"):
            tag = "ul" if kind == "list_item" else "ol"
            made.append(f"<{tag}>{''.join(f'<li>{one}' for one in texts)}</{tag}>")
        elif kind == "subhead":
            made += [f"<b>{one}</b>" for one in texts]
        elif kind == "quote":
            made += [f"<blockquote>{one}</blockquote>" for one in texts]
        elif kind == "table_row":
            made.append(_rows(texts))
        else:
            made += texts
    return made


def _rows(texts: Sequence[str]) -> str:
    rows = "".join(
        f"<tr><td>{'</td><td>'.join(text.split(' | '))}</td></tr>\n" for text in texts
    )
    return f'<table border="1" cellpadding="3">\n{rows}</table>'


def _related(edition: Edition, article: Article, sheet: Sheet) -> str:
    """A small table floated in the midst of the text."""
    sheet.lead("related", [one.path for one in edition.earlier(article, 3)])
    rows = "".join(
        f'<tr><td><font size="1">{sheet.link("related", one.headline, one.path)}'
        "</font></td></tr>"
        for one in edition.earlier(article, 3)
    )
    label = sheet.say("related", "See also")
    return (
        '<table align="left" width="150" bgcolor="#eeeecc"><tr><td><font size="2"><b>'
        f"{label}</b></font></td></tr>{rows}</table>"
    )


def _keywords(article: Article, sheet: Sheet) -> str:
    links = ", ".join(
        f'<a href="/search.php?k={quote_plus(tag)}">{safe(tag)}</a>'
        for tag in article.tags
    )
    sheet.note("tags", f"Keywords: {', '.join(article.tags)}")
    return f'<font size="1" color="#663300">Keywords: {links}</font><br>'


def _foot(article: Article, sheet: Sheet) -> str:
    """What the visitor may do with the story once it has been read."""
    printed = sheet.link("share", "Printer-friendly version", _print_path(article))
    mail = sheet.link("share", "E-mail this to a friend", "/mail.php")
    comment = sheet.say("comments", "Have your say: readers who log in may comment.")
    promo = sheet.say("sponsored", "From our sponsors: the quiet revolution in lids")
    return (
        f'<font size="1">{printed}</font><br><font size="1">{mail}</font><br>\n'
        f'<font size="1"><a href="/login.php">{comment}</a></font><br>\n'
        f'<font size="1"><a href="/partners.php">{promo}</a></font>'
    )


def _print_path(article: Article) -> str:
    return f"/print.php?id={article.number}"


def page(edition: Edition, sheet: Sheet, frame: Frame) -> str:
    """Everything that stands on all pages of the title."""
    name = safe(edition.title)
    nav: Role = "nav"
    left = "<br>\n".join(
        f'<font size="2">{sheet.link(nav, one.name, section_path(edition, one.name))}'
        "</font>"
        for one in edition.sections
    )
    return f"""<HTML><HEAD><TITLE>{safe(frame.title)} - {name}</TITLE>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">
{frame.head}</HEAD>
<BODY bgcolor="#ffffff" link="#003366">
<table width="780" border="0" cellspacing="0"><tr><td colspan="3" bgcolor="#ffe8b0">
<font size="6"><b>{sheet.say(nav, edition.title)}</b></font></td></tr>
<tr><td width="130" valign="top">{left}<br>
<font size="2">{sheet.link(nav, "Log in", "/login.php")}</font><br>
<font size="2">{sheet.link(nav, "About this title", "/about.php")}</font></td>
<td width="470" valign="top">
{frame.content}
</td>
<td width="180" valign="top">{_right(edition, sheet, frame.own)}</td></tr>
<tr><td colspan="3"><font size="1">\
{sheet.say("legal", f"Copyright {edition.title} 2018-2023. Printed on old words.")}\
</font></td></tr></table>
</BODY></HTML>
"""


def _right(edition: Edition, sheet: Sheet, own: str | None) -> str:
    """The right-hand column: an advertisement, the newest stories, a newsletter."""
    listed = [one for one in edition.articles[:5] if one.headline != own]
    sheet.lead("teaser", [one.path for one in listed[:4]])
    rows = "".join(
        f'<tr><td><font size="1">'
        f"{sheet.link('teaser', one.headline, f'{one.path}&{FRONT_TAIL}')}"
        "</font></td></tr>"
        for one in listed[:4]
    )
    return (
        f'<font size="1">{sheet.say("sponsored", ADVERT)}</font><br>'
        f"<table><tr><td><b>{sheet.say('teaser', 'Latest stories')}</b></td></tr>{rows}"
        f'</table><font size="1">'
        f"{sheet.say('newsletter', 'Weekly letter: send an empty e-mail')}</font>"
    )
