"""Material and a labelled layout in, the article's pictures with their words out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from archive.records import Image
from crawler.urls import join

from ..claims import Claim, Witness
from ..fields.titles import Headline
from ..lines.layout import Layout
from ..material import Material
from ..structured.depicted import Depicted
from ..survey import spine_of
from ..text import key
from ..tree import select
from . import captions
from .captioned import captioned
from .captions import words_of
from .image_files import is_stock, source, stem
from .licences import of_address, of_text
from .pictures import Picture
from .placed import Placed, Span, placed, span_of

_MOST = 100
_LEAST_ALT_WORDS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Pictures:
    """The pictures of one article."""

    lead: Claim[Image] | None
    inline: tuple[Image, ...]
    """In reading order, without the lead image."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Seen:
    """A picture on the page with what stands beside it."""

    place: Placed
    words: Picture
    above: int
    """Blocks of the text above it."""


def pictures(
    material: Material, title: Headline | None, layout: Layout | None
) -> Pictures:
    """Return the lead image and the pictures in the text.

    The lead image is the profile's, the stated one, else the first on the page. Its
    words are those of the same picture on the page, or of the one above the text.
    """
    spine = spine_of(title.element if title else None)
    span = span_of(layout, spine) if layout is not None else None
    stated = _stated(material)
    if layout is None or span is None:
        return Pictures(lead=_lead(material, stated, None), inline=())
    text = frozenset(leaf.text for leaf in layout.leaves if leaf.role == "body")
    above = _blocks_above(layout)
    shown = [
        _Seen(place=one, words=words_of(one.element, text), above=above[one.at])
        for one in placed(layout, span, spine, material.page.url)[:_MOST]
    ]
    top = _top(shown, stated, span)
    lead = _lead(material, stated, top)
    if lead is not None and title is not None:
        lead = Claim(value=_unless_headline(lead.value, title), witness=lead.witness)
    name = stem(lead.value.url) if lead else ""
    rest = (x for x in shown if x is not top and x.place.inside)
    inline = [
        _image(x.place.url, _told(x, material, title), x.above)
        for x in rest
        if x.place.stem != name
    ]
    return Pictures(lead=lead, inline=tuple(inline))


def _blocks_above(layout: Layout) -> list[int]:
    """Return, for every line and the end, how many blocks of the text begin above it.

    As in `body`, the lines of one list item are one block.
    """
    counts, item = [0], None
    for leaf in layout.leaves:
        begins = leaf.role == "body"
        if begins:
            boxes = leaf.box.chain() if leaf.kind.endswith("item") else ()
            inside = next((box for box in boxes if box.tag == "li"), None)
            begins, item = inside is None or inside is not item, inside
        counts.append(counts[-1] + begins)
    return counts


def _stated(material: Material) -> Claim[str] | None:
    """Return the address that the profile or the page's metadata gives."""
    selected = select(material.root, material.profile.selectors.get("image", ()))
    own = [_selected(element) for element in selected[:1]]
    linked = next((one.url for one in material.linked.pictures), "")
    stated: list[tuple[str, Witness]] = [
        (
            material.meta("og:image", "og:image:url", "og:image:secure_url"),
            "open graph",
        ),
        (linked, "json-ld"),
        (material.meta("twitter:image", "twitter:image:src"), "meta"),
    ]
    for href in own:
        if url := join(material.page.url, href) if href else None:
            return Claim(value=url, witness="profile")
    for href, witness in stated:
        url = join(material.page.url, href) if href else None
        if url and not is_stock(url, material.site_names):
            return Claim(value=url, witness=witness)
    return None


def _selected(element: HtmlElement) -> str:
    """Return the address of an img, or of the first img inside an element."""
    img = element if element.tag == "img" else next(element.iter("img"), None)
    if img is None:
        return element.get("content") or element.get("href") or ""
    return source(img)


def _top(shown: Sequence[_Seen], stated: Claim[str] | None, span: Span) -> _Seen | None:
    """Return the picture on the page that leads the article."""
    if stated is not None:
        name = stem(stated.value)
        same = (one for one in shown if one.place.stem == name)
        above = (one for one in shown if one.place.at <= span.first)
        return next(same, None) or next(above, None)
    return next(iter(shown), None)


def _lead(
    material: Material, stated: Claim[str] | None, top: _Seen | None
) -> Claim[Image] | None:
    if stated is not None:
        url, witness = stated.value, stated.witness
    elif top is not None:
        url, witness = top.place.url, "html"
    else:
        return None
    words = _from_profile(material, top.words if top else captions.NOTHING)
    words = _with_described(words, material.linked.pictures, url)
    shown = _image(url, words, top.above if top else 0)
    return Claim(value=shown, witness=witness)


def _from_profile(material: Material, words: Picture) -> Picture:
    """Let the profile's selectors decide where they find anything."""
    selectors = material.profile.selectors
    caption = select(material.root, selectors.get("caption", ()))
    credit = select(material.root, selectors.get("credit", ()))
    if not caption and not credit:
        return words
    chosen = captions.read(
        caption[0] if caption else None, credit[0] if credit else None
    )
    return captions.filled(chosen, words)


def _with_described(words: Picture, told: Iterable[Depicted], url: str) -> Picture:
    """Fill what the page does not show from what JSON-LD says of the same picture."""
    name = stem(url)
    same = next((one for one in told if stem(one.url) == name), None)
    if same is None:
        return words
    licence = of_address(same.licence) or of_text(same.licence)
    said = captions.merged(captioned(same.caption), captioned(same.credit), licence)
    return captions.filled(words, said)


def _told(one: _Seen, material: Material, title: Headline | None) -> Picture:
    """Return what is said of a picture in the text; its alt text for want of more."""
    words = _with_described(one.words, material.linked.pictures, one.place.url)
    alt = " ".join((one.place.element.get("alt") or "").split())
    if words.caption or len(alt.split()) < _LEAST_ALT_WORDS:
        return words
    if title is not None and key(title.text) in key(alt):
        return words
    return captions.filled(words, captioned(alt[: captions.MAX_CHARS]))


def _unless_headline(image: Image, title: Headline) -> Image:
    """Drop a caption that holds the headline: what stands beside it is no caption."""
    if image.caption and key(title.text) in key(image.caption):
        return replace(image, caption=None)
    return image


def _image(url: str, words: Picture, above: int) -> Image:
    return Image(
        url=url,
        caption=words.caption,
        credit=words.credit,
        licence=words.licence,
        after_block=above,
    )
