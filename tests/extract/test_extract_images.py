"""Pictures come out with caption, credit and licence apart, and where they stood."""

from __future__ import annotations

import re

import pytest
from gates import lacking
from reader import Site, page
from tiny import ONE, TITLE, article

from archive.records import Article, Image
from pipelines.extract import extract
from pipelines.extract.picture import captioned as captions
from pipelines.extract.picture import licences
from pipelines.extract.picture.anyof import any_of
from pipelines.extract.picture.captioned import captioned
from pipelines.extract.picture.image_files import is_stock, source, stem
from pipelines.extract.picture.licences import of_address, of_text
from pipelines.extract.picture.picture_words import CREDIT_LEADS, PICTURE_WORDS
from pipelines.extract.picture.pictures import ANNOUNCED, Picture, may_announce
from pipelines.extract.tree import parse

ROPE = Picture(caption="The rope at rest", credit="Jo Hay", licence="CC BY 2.0")
LINE = "The rope at rest / Jo Hay / CC BY 2.0"


def cut(markup: str, site: Site | None = None) -> Article:
    """Return the article of a page."""
    found = extract(page(markup), site or Site())
    assert found is not None
    return found


def lead(markup: str, site: Site | None = None) -> Image:
    """Return the lead image of a page."""
    image = cut(markup, site).image
    assert image is not None
    return image


def words(image: Image) -> Picture:
    """Return what is said of a picture."""
    return Picture(caption=image.caption, credit=image.credit, licence=image.licence)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<figure>@<figcaption>{LINE}</figcaption></figure>", ROPE),
        (
            '<figure>@<figcaption>The rope at rest <span class="credit">Photo: Jo Hay'
            ", CC BY 2.0</span></figcaption></figure>",
            ROPE,
        ),
        (
            "<figure>@<figcaption>The rope at rest. Photo: Jo Hay, "
            '<a href="https://creativecommons.org/licenses/by/2.0/deed.en">licence</a>'
            "</figcaption></figure>",
            ROPE,
        ),
        (f"<div>@<div>{LINE}</div></div>", ROPE),
        (f'<div class="wp-caption">@<p class="wp-caption-text">{LINE}</p></div>', ROPE),
        (
            '<div>@</div><div class="caption">The rope at rest</div>'
            '<div class="credit">Jo Hay / CC BY 2.0</div>',
            ROPE,
        ),
        (f"<p>@</p><p><em>{LINE}</em></p>", ROPE),
        (
            "<figure>@<figcaption>Das Seil (Foto: Jo Hay)</figcaption></figure>",
            Picture(caption="Das Seil", credit="Jo Hay"),
        ),
        (
            '<figure>@<figcaption>La corde<cite>Crédit photo : Jo Hay</cite>'
            "</figcaption></figure>",
            Picture(caption="La corde", credit="Jo Hay"),
        ),
        (
            '<figure>@<figcaption>La corda. <small class="c-copyright">Tutti i diritti '
            'riservati</small><small class="c-credit">Jo Hay</small></figcaption>'
            "</figure>",
            Picture(caption="La corda. Tutti i diritti riservati", credit="Jo Hay"),
        ),
        (
            '<figure>@<div class="photo-credit">A lid was bought by somebody who had '
            "never owned a kettle and who has not bought one since then</div></figure>",
            Picture(caption="A lid was bought by somebody who had never owned a kettle "
                    "and who has not bought one since then"),
        ),
        ("<div>@</div>", Picture()),
        ("<div>@ <b>Harbour</b></div>", Picture()),
    ],
)  # fmt: skip
def test_words_beside_a_picture(markup: str, expected: Picture) -> None:
    """A picture's words are found in figures, small boxes and the line below it."""
    figure = markup.replace("@", '<img src="/rope.jpg" alt="">')
    assert words(lead(article(head=figure))) == expected


def test_attributes_of_a_gallery() -> None:
    """Attributes give a picture's words where the page shows none."""
    img = '<img src="/rope.jpg" data-caption="The rope" data-credit="Photo: Jo Hay">'
    assert words(lead(article(head=img))) == Picture(
        caption="The rope", credit="Jo Hay"
    )


def test_json_ld_describes_the_picture() -> None:
    """JSON-LD fills what the page does not show, for the same picture only."""
    told = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": '
        f'"{TITLE}", "image": {{"@type": "ImageObject", "url": "/xl/rope-1200x800.jpg",'
        ' "caption": "The rope", "creditText": "Jo Hay", "license": '
        '"https://creativecommons.org/publicdomain/zero/1.0/"}}</script>'
    )
    markup = told + article(head='<figure><img src="/small/rope-300x200.jpg"></figure>')
    image = lead(markup)
    assert image.url == "https://www.example.com/xl/rope-1200x800.jpg"
    assert words(image) == Picture(
        caption="The rope", credit="Jo Hay", licence="CC0 1.0"
    )


def test_pictures_in_the_text_stand_where_they_stood() -> None:
    """Pictures in the text are in order, each once, with the blocks above counted."""
    middle = (
        '<figure><img src="/a.jpg"><figcaption>First</figcaption></figure>'
        "<ul><li>One rope</li><li>Two captains</li></ul>"
        '<p><img src="/b.jpg" alt="Two captains in a boat"></p>'
        '<noscript><img src="/b-1024x768.jpg"></noscript>'
    )
    head = '<figure><img src="/rope.jpg"></figure>'
    found = cut(article(middle, head=head))
    assert found.image == Image(url="https://www.example.com/rope.jpg")
    assert [(x.url[-5:], x.after_block, x.caption) for x in found.images] == [
        ("a.jpg", 2, "First"),
        ("b.jpg", 4, "Two captains in a boat"),
    ]
    assert found.sources["images"] == "html"


def test_a_picture_inside_a_paragraph_stands_behind_its_text() -> None:
    """What precedes a picture in its own line counts as standing above it."""
    head = '<figure><img src="/rope.jpg"></figure>'
    after = f'<p>{ONE[:80]} <img src="/late.jpg"> and so on until the evening.</p>'
    before = f'<p><img src="/soon.jpg"> {ONE[::-1]}</p>'
    found = cut(article(before + after, head=head))
    assert [(x.url[-8:], x.after_block) for x in found.images] == [
        ("soon.jpg", 2),
        ("late.jpg", 4),
    ]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="/rope.jpg" width="60" height="60">',
        '<img src="/avatars/jo.jpg">',
        '<img src="/site-logo.png">',
        '<img src="/t.gif">',
        '<img src="data:image/png;base64,AAAA">',
        '<img class="emoji" src="/smile.png">',
        '<div class="author-box"><img src="/jo.jpg"> Jo Hay writes about ropes.</div>',
        '<a href="/other-story"><img src="/other.jpg"></a>',
        '<div class="related"><a href="/x">Longer rope</a><img src="/x.jpg"></div>',
        '<aside><img src="/x.jpg"></aside>',
        '<div class="ad"><img src="/buy-rope.jpg"></div>',
        '<figure><a href="/x"><img src="/buoy.jpg"></a><figcaption><a href="/x">Longer '
        "rope for the other ferry</a></figcaption></figure>",
    ],
)
def test_what_is_no_picture_of_the_article(markup: str) -> None:
    """Icons, portraits, logos, pixels, advertisements and teasers stay out."""
    found = cut(article(markup))
    assert (found.image, found.images) == (None, ())


def test_a_linked_picture_with_a_caption_of_its_own_is_kept() -> None:
    """A link to the picture's file or source does not make it a teaser."""
    middle = (
        '<a href="/big/a.jpg"><img src="/a-300x200.jpg"></a>'
        '<figure><a href="https://pictures.example/b"><img src="/b.jpg"></a>'
        "<figcaption>Seen from above</figcaption></figure>"
    )
    head = '<figure><img src="/rope.jpg"></figure>'
    urls = [image.url[-13:] for image in cut(article(middle, head=head)).images]
    assert urls == ["a-300x200.jpg", "ple.com/b.jpg"]


def test_the_lead_is_the_stated_picture() -> None:
    """The stated picture leads with the words of its copy in the text, shown once."""
    meta = '<meta property="og:image" content="https://cdn.example/rope-1200x630.jpg">'
    middle = (
        f'<figure><img src="/rope-600x315.jpg"><figcaption>{LINE}</figcaption></figure>'
    )
    markup = article(middle).replace("<body>", f"<head>{meta}</head><body>")
    found = cut(markup)
    assert found.image == Image(
        url="https://cdn.example/rope-1200x630.jpg",
        caption=ROPE.caption,
        credit=ROPE.credit,
        licence=ROPE.licence,
        after_block=2,
    )
    assert (found.images, found.sources["image"]) == ((), "open graph")


def test_a_sites_own_picture_does_not_lead() -> None:
    """A picture that stands for a whole site gives way to the one on the page."""
    meta = '<meta property="og:image" content="/img/default-share-image.png">'
    markup = article(head='<figure><img src="/rope.jpg"></figure>')
    image = lead(markup.replace("<body>", f"<head>{meta}</head><body>"))
    assert image.url.endswith("/rope.jpg")


def test_profile_selects_picture_and_words() -> None:
    """The profile's selectors decide before anything else."""
    site = Site(
        selectors={
            "image": ("#hero img",),
            "caption": ("#under .what",),
            "credit": ("#under .who",),
        }
    )
    head = '<div id="hero"><img src="/hero.jpg"></div>'
    under = (
        '<div id="under"><i class="what">The rope</i> <i class="who">Jo Hay</i></div>'
    )
    image = lead(article(head=head + under), site)
    assert image == Image(
        url="https://www.example.com/hero.jpg", caption="The rope", credit="Jo Hay"
    )


def test_a_caption_that_is_the_headline_is_none() -> None:
    """A box that holds picture and headline says nothing of the picture."""
    markup = (
        f'<div><img src="/rope.jpg"><span>News: {TITLE}</span></div><h1>{TITLE}</h1>'
    )
    text = "".join(f"<p>{ONE}{n}</p>" for n in range(3))
    assert lead(f"<body><main>{markup}{text}</main></body>").caption is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Birmingham's skyline / Tony Hisgett / CC BY 2.0",
         Picture(caption="Birmingham's skyline", credit="Tony Hisgett",
                 licence="CC BY 2.0")),
        ("Quay.Credit...Jo Hay/Post", Picture(caption="Quay", credit="Jo Hay/Post")),
        ("Goal. (AP Photo/Jo Hay)", Picture(caption="Goal.", credit="AP Photo/Jo Hay")),
        ("Image source, Getty Images", Picture(credit="Getty Images")),
        ("Image caption, The hall", Picture(caption="The hall")),
        ("1 of 4 Hall. Photo Jo Hay", Picture(caption="Hall.", credit="Jo Hay")),
        ("The tool (Foto: pixabay.com / irma)",
         Picture(caption="The tool", credit="pixabay.com / irma")),
        ("© Bild: REUTERS / JO HAY", Picture(credit="REUTERS / JO HAY")),
        ("View. Photo credit: a still from the maker's own film",
         Picture(caption="View", credit="a still from the maker's own film")),
        ("Precios. (Foto Prensa Libre: Jo Hay)",
         Picture(caption="Precios.", credit="Jo Hay")),
        ("Ann Ladle, photo: archives of the works",
         Picture(caption="Ann Ladle", credit="archives of the works")),
        ("Oil. Foto: Jo Hay/APVisa mer", Picture(caption="Oil", credit="Jo Hay/AP")),
        ("Two lids in a row Getty Images",
         Picture(caption="Two lids in a row", credit="Getty Images")),
        ("Attacks. – © Jo Hay - stock.adobe.com",
         Picture(caption="Attacks", credit="Jo Hay - stock.adobe.com")),
        ("Foto: © GEPA", Picture(credit="GEPA")),
        ("Ann Ladle (C) in the hall. Reuters",
         Picture(caption="Ann Ladle (C) in the hall.", credit="Reuters")),
        ("She spoke to Reuters", Picture(caption="She spoke to Reuters")),
        ("A photo: of old. Jo Hay/Pool via REUTERS",
         Picture(caption="A photo: of old.", credit="Jo Hay/Pool via REUTERS")),
        ("CC BY-SA 4.0", Picture(licence="CC BY-SA 4.0")),
        ("Enlarge this image", Picture()),
        ("Please turn on JavaScript to play", Picture()),
        ("Image", Picture()),
        ("Two captains talk", Picture(caption="Two captains talk")),
        ("Jo Hay, CC BY 2.0, via Wikimedia Commons",
         Picture(credit="Jo Hay", licence="CC BY 2.0")),
        ("The quay at Harl (J. Hay, CC BY-SA 4.0, via Wikimedia Commons)",
         Picture(caption="The quay at Harl", credit="J. Hay", licence="CC BY-SA 4.0")),
        ("The quay at Harl. Jo Hay, CC BY 2.0",
         Picture(caption="The quay at Harl.", credit="Jo Hay", licence="CC BY 2.0")),
        ("“Quay by night” by johay7 is licensed under CC BY 2.0.",
         Picture(caption="Quay by night", credit="johay7", licence="CC BY 2.0")),
        ("Image by Jo Hay is licensed under CC BY 2.0",
         Picture(credit="Jo Hay", licence="CC BY 2.0")),
        ("© Reuters/Jo Hay. The quay at dusk",
         Picture(caption="The quay at dusk", credit="Reuters/Jo Hay")),
        ("Photo: J. Hay. The quay in winter",
         Picture(caption="The quay in winter", credit="J. Hay")),
        ("Photo: The mayor. She opened the quay",
         Picture(caption="The mayor. She opened the quay")),
        ("Photo: Jo Hay. All rights reserved",
         Picture(caption="Jo Hay. All rights reserved")),
        ("© Hay. The quay at dusk", Picture(credit="Hay. The quay at dusk")),
        ("Quay" + " ." * 900 + " Photo: Jo Hay",
         Picture(caption="Quay" + " ." * 890, credit="Jo Hay")),
        ("Fees of clubs, the CC BY 2.0, via Harl",
         Picture(caption="Fees of clubs, the CC BY 2.0, via Harl")),
    ],
)  # fmt: skip
def test_captions_are_split(text: str, expected: Picture) -> None:
    """What is known to be a caption is split at marks and at a picture's words."""
    assert captioned(text) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<img src="blank.gif" data-src="/a.jpg">', "/a.jpg"),
        ('<img src="/a.jpg">', "/a.jpg"),
        ('<img src="/a.jpg?w=40" srcset="/a.jpg?w=40 40w">', ""),
        ('<img srcset="/s.jpg 300w, /l.jpg 900w">', "/l.jpg"),
        ('<picture><source srcset="/s.webp 1x, /l.webp 2x"><img></picture>', "/l.webp"),
        ('<img src="data:image/gif;base64,R0">', ""),
    ],
)
def test_source_of_an_img(markup: str, expected: str) -> None:
    """Lazy attributes come before placeholders, the largest of several sizes wins."""
    root = parse(markup)
    assert root is not None
    assert source(next(root.iter("img"))) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/a/rope.jpg", "https://cdn.example/b/rope-300x200.jpg?w=3", True),
        ("/a/rope-scaled.jpg", "/a/Rope.webp", True),
        ("/x?url=%2Fa%2Frope.jpg&w=9", "/a/rope.jpg", True),
        ("/a/1.jpg", "/b/1.jpg", False),
        ("/a/rope.jpg", "/a/ropes.jpg", False),
    ],
)
def test_sizes_of_one_picture(one: str, other: str, same: bool) -> None:
    """Addresses of one picture in several sizes have the same stem, others have not."""
    assert (stem(one) == stem(other)) is same


def test_a_sites_own_pictures() -> None:
    """Names made of general words and the site's name are a site's own pictures."""
    assert is_stock("/img/ferry-post-logo.png", frozenset({"ferry post"}))
    assert is_stock("/blank.jpg", frozenset())
    assert not is_stock("/img/ferry-rope.png", frozenset({"ferry post"}))


def test_licences_of_deeds() -> None:
    """Creative Commons deeds have a short form; other addresses name no licence."""
    base = "https://creativecommons.org"
    assert of_address(f"{base}/licenses/by-nc-sa/3.0/") == "CC BY-NC-SA 3.0"
    assert of_address(f"{base}/publicdomain/mark/1.0/") == "Public Domain Mark 1.0"
    assert of_address(f"{base}/licenses/by/") == "CC BY"
    assert of_address("https://www.example.com/licence") is None
    assert of_text("a picture under CC BY 2.0") is None


def test_any_of_words_the_longest() -> None:
    words = ("photo", "photos", "photograph", "pic", "fot.", "fotó", "via", "via")
    pattern = re.compile(any_of(words))
    assert all(pattern.fullmatch(word) for word in words)
    found = pattern.match("photographs")
    assert found is not None and found[0] == "photograph"
    assert not any(map(pattern.fullmatch, ("phot", "fotx", "")))
    assert re.fullmatch(any_of(("a", "")), "")


@pytest.mark.parametrize(
    "line",
    [
        *(f"The quay, {word} by Jo Hay" for word in PICTURE_WORDS),
        *(f"The quay. {word.upper()} : Jo Hay" for word in PICTURE_WORDS),
        *(f"The quay. {word}: Jo Hay" for word in CREDIT_LEADS),
        *("The quay © Jo Hay", "The quay (c) Jo Hay", "The quay, courtesy of Jo Hay"),
        *("Photos und Grafik: Jo Hay", "The quay, credit… Jo Hay", "Foto/via Jo Hay"),
    ],
)
def test_whatever_announces_a_credit_is_looked_for(line: str) -> None:
    assert ANNOUNCED.search(line)
    assert may_announce(line)


def test_a_picture_below_a_list_knows_the_blocks_above_it() -> None:
    items = "<ul><li><p>One rope.</p><p>It is long.</p></li><li>Two ropes.</li></ul>"
    shown = f"{ONE}{items}<figure><img src=/rope.jpg></figure>{ONE}"
    found = cut(f"<html><body><main><h1>{TITLE}</h1>{shown}</main></body></html>")
    image = (*found.images, found.image)[0]
    assert image is not None
    above = [block.text for block in found.blocks[: image.after_block]]
    assert above[-1] == "Two ropes."


def test_licences_and_labels_hold_what_they_are_sought_by() -> None:
    assert not lacking(licences.NAME, licences.MARKS)
    assert not lacking(captions.LABEL.pattern, captions.LABELS)
