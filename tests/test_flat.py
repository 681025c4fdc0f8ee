"""Flattened pages are labelled line by line, whatever site they come from."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extract.picture.pictures import Picture, picture
from pipelines.flat import page
from pipelines.flat.article import Setting, article_of
from pipelines.flat.label import label
from pipelines.flat.learning import joined, learn
from pipelines.flat.lines import key, lines_of
from pipelines.flat.memory import memory_of
from pipelines.flat.paragraphs import is_wrapped, unwrapped
from pipelines.flat.prepare import Candidate, Given, Wishes, candidates
from pipelines.flat.runs import STAYS
from pipelines.flat.words import ORDER

FOLDER = Path(__file__).parent / "fixtures" / "flat"
SEED = Path(__file__).resolve().parent.parent.parent / "shared" / "seed"
CASES = sorted(path.parent for path in FOLDER.glob("*/page.txt"))
ROLES = frozenset(
    [
        "headline",
        "standfirst",
        "byline",
        "body",
        "subhead",
        "quote",
        "list",
        "table",
        "caption",
        "credit",
        "related",
        "caption+credit",
        "share",
        "tags",
        "comments",
        "teaser",
        "sponsored",
        "newsletter",
        "paywall",
        "legal",
        "nav",
    ]
)
BODY = (
    "The pier at Sandwick will open again in June after a winter of repairs.",
    "Mayor Ruth Calder said that the planks came from Norway and the nails from here.",
    "A second phase, for the pavilion, depends on a grant that Sandwick has asked for.",
)
LINES = (
    *("Related content", "- A link", "Tags", "Comments", "By A Reed", "Share", ""),
    *("Photo: Jo Hay / Getty", "“Ours”", "– Jo Hay", "a | b", "1. One", "Sponsored"),
    *("https://kettle.example/a", "Newsletter", "About the author", "© Kettle"),
    *("Sign in to read", "@kettle", "x\ty", "Most read", "Updated: 3 May 2021", "…"),
)


ENDLESS = (
    "What somebody wrote without a full stop at the end of it although it is as long as"
    " other lines"
)
BLURBS = (
    "A brewery in the next county has run out of hops, for the second time.",
    "Bus drivers will vote next week on whether to accept a longer night shift.",
)


def case(folder: Path) -> tuple[str, dict[str, Any]]:
    """A case's text and what is expected of it."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return (folder / "page.txt").read_text(encoding="utf-8"), expected


def roles(*lines: str, **memory: list[str]) -> list[str]:
    """The roles of lines."""
    return [one.role for one in label("\n".join(lines), memory_of(**memory))]


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_every_line_has_its_role(folder: Path) -> None:
    """Each line of a fixture gets the role that a person gave it."""
    text, expected = case(folder)
    found = label(text, memory_of(**expected.get("memory", {})))
    wrong = [
        f"{one.line.text[:60]!r}: {one.role}, not {role} ({one.rule})"
        for one, role in zip(found, expected["roles"], strict=True)
        if one.role != role
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_article_of_a_page(folder: Path) -> None:
    """The fields of each fixture's article are those that a person read there."""
    text, expected = case(folder)
    reading = page.read(text, memory_of(**expected.get("memory", {})))
    article = article_of(reading, Setting(url="https://kettle.example/a"))
    assert article is not None
    published, updated = article.published, article.updated
    pictures = [one.picture for one in reading.labelled if one.picture]
    assert expected["article"] == {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "authors": list(article.authors),
        "published": published and (published.at or published.on),
        "updated": updated and (updated.at or updated.on),
        "section": article.section,
        "tags": list(article.tags),
        "kinds": [block.kind for block in article.blocks],
        "pictures": [[x.caption, x.credit, x.licence] for x in pictures],
    }


@pytest.mark.shared
@pytest.mark.skipif(not SEED.is_dir(), reason="no measuring data beside the checkout")
def test_the_page_that_started_it() -> None:
    """All 29 lines of the seed's flattened page get the roles of its labels."""
    truth = json.loads((SEED / "labels.json").read_text(encoding="utf-8"))
    text = (SEED / "publictechnology.txt").read_text(encoding="utf-8")
    found = label(text)
    assert [(one.line.number, one.role) for one in found] == [
        (one["line"], one["role"]) for one in truth["lines"]
    ]
    shown = [one.picture for one in found if one.picture]
    parts = [truth[name] for name in ("caption", "credit", "licence")]
    assert [[x.caption, x.credit, x.licence] for x in shown] == [parts]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=80),
            st.sampled_from(
                [*BODY, *LINES],
            ),
        ),
        max_size=25,
    )
)
def test_any_text_is_labelled(lines: list[str]) -> None:
    """Every line that is not empty gets exactly one known role, in order."""
    text = "\n".join(lines)
    found = label(text)
    assert [one.line for one in found] == list(lines_of(text))
    assert {one.role for one in found} <= ROLES
    assert all(one.rule for one in found)


def test_labelling_is_linear() -> None:
    """A text of many thousand lines, prose or none, is labelled like a short one."""
    links = "\n".join(f"Link number {n} of many" for n in range(1_500))
    found = label(f"{links}\n" + "\n".join(BODY) + f"\nRelated content\n{links}")
    assert len(found) == 3_000 + len(BODY) + 1
    assert [one.role for one in found if one.line.text in BODY] == ["body"] * 3


def test_a_text_is_cut_into_lines_once() -> None:
    """Each format's reader asks for the lines; the readers share one cutting."""
    text = "\n".join(f"Line {n} of this text" for n in range(50))
    assert lines_of(text) is lines_of(text)


def test_article_goes_on_behind_related_links() -> None:
    """Prose that speaks of the article's names is the article's again."""
    links = ("Related content", "- Pier: a history", "- Who pays for planks")
    found = roles("Pier opens in June", *BODY[:2], *links, BODY[2])
    assert found[3:] == ["related", "related", "related", "body"]


def test_sentences_behind_a_label_are_teasers() -> None:
    """Sentences below "Related" that speak of other things are not the article's."""
    found = roles("Pier opens in June", *BODY, "Related articles", *BLURBS)
    assert found[4:] == ["teaser", "teaser", "teaser"]


def test_known_titles_are_related_links() -> None:
    """A line that is another article's headline is a link, even between paragraphs."""
    lines = ("Pier opens in June", BODY[0], "Gulls evicted", *BODY[1:])
    assert roles(*lines)[2] == "subhead"
    assert roles(*lines, titles=["Gulls evicted"])[2] == "related"


def test_the_own_headline_stays_the_headline() -> None:
    """A page whose article is archived already keeps its headline."""
    lines = ("Home", "Pier opens in June", "By Ann Reed", *BODY)
    assert roles(*lines, titles=["Pier opens in June"])[1] == "headline"


STANDFIRST = (
    "After a winter of repairs the pier is to open again, with planks that came by boat"
    " and a pavilion that may yet follow if Sandwick is given the grant it wants."
)
SHARE = ("Share this", "Facebook", "Twitter", "LinkedIn", "Reddit", "Email", "Print")


def test_a_standfirst_may_end_with_a_stop() -> None:
    """A sentence between headline and byline is the standfirst, however long."""
    found = roles("Pier opens in June", STANDFIRST, "By Ann Reed", *BODY)
    assert found == ["headline", "standfirst", "byline", *["body"] * 3]
    assert roles("Pier opens in June", STANDFIRST, *BODY)[1] == "body"


def test_a_paragraph_above_many_buttons_is_kept() -> None:
    """The first paragraph is the article's though a bar of buttons cuts it off."""
    title = "Sandwick pier opens again after winter repairs"
    lead = (title, "Planks came by boat from Norway", BODY[0])
    more = [f"{line} Ruth Calder said so to Sandwick council." for line in BODY]
    found = roles(*lead, *SHARE, *more)
    assert found[:3] == ["headline", "standfirst", "body"]
    assert found[3:] == [*["share"] * 7, *["body"] * 3]


def test_a_short_text_of_short_sentences() -> None:
    """Short sentences in a row are prose too."""
    lines = ("Pier opens", "It rained hard on Sunday.", "Nobody minded it much.")
    assert roles(*lines) == ["headline", "body", "body"]
    assert roles(*lines[:2]) == ["headline", "body"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The quay at dusk Credit: Jo Hay/CC BY-SA 4.0",
            Picture(
                caption="The quay at dusk", credit="Jo Hay", licence="CC BY-SA 4.0"
            ),
        ),
        ("Photo by Lena Marsh", Picture(credit="Lena Marsh")),
        (
            "Image: A tram in the rain / Getty",
            Picture(caption="A tram in the rain", credit="Getty"),
        ),
        ("Image: Jo Hay / Getty Images", Picture(credit="Jo Hay / Getty Images")),
        ("Foto: dpa", Picture(credit="dpa")),
        ("Crédit photo : Marc Delaunoy", Picture(credit="Marc Delaunoy")),
        ("The hall. Getty Images", Picture(caption="The hall.", credit="Getty Images")),
        (
            "Wind farm off Skelling (Photo: Jo Hay)",
            Picture(caption="Wind farm off Skelling", credit="Jo Hay"),
        ),
        (
            "The hall at dusk / Jo Hay / Reuters",
            Picture(caption="The hall at dusk", credit="Jo Hay / Reuters"),
        ),
        ("Shutterstock", Picture(credit="Shutterstock")),
        (
            "Jo Hay, Public domain",
            Picture(credit="Jo Hay", licence="Public domain"),
        ),
        ("The photo by the door was old.", None),
        ("He painted a picture: a world without cars and without noise", None),
        ("Sales rose by a tenth", None),
        ("The firm has two sources: coal and gas", None),
        ("Museum releases images under Creative Commons", None),
        ("Digital Bild: the town waits for a bus", None),
        ("Pictured: Jo Hay", Picture(caption="Pictured: Jo Hay")),
        ("Photo: the pier in 1911", Picture(caption="the pier in 1911")),
        ("Photo: the pier", Picture(caption="the pier")),
        ("Foto: picture alliance / dpa", Picture(credit="picture alliance / dpa")),
        (
            "The pier (CC BY-NC 2.0)",
            Picture(caption="The pier", licence="CC BY-NC 2.0"),
        ),
        (
            "Planks Credit: Public Domain",
            Picture(caption="Planks", licence="Public Domain"),
        ),
        (
            "A quay. Image credit: jo_hay, CC BY-SA 3.0, via Commons",
            Picture(
                caption="A quay",
                credit="jo_hay, via Commons",
                licence="CC BY-SA 3.0",
            ),
        ),
    ],
)
def test_pictures_are_split(text: str, expected: Picture | None) -> None:
    """Caption, credit and licence come apart; sentences about pictures are none."""
    assert picture(text) == expected


WRAPPED = """\
The pier at Sandwick will open again in June after a winter of
repairs. Mayor Ruth Calder said that the planks came from Norway
and the nails from here.

A second phase, for the pavilion, depends on a grant that Sand-
wick has asked for. Nobody expects an answer before the summer,
and the pavilion's roof may not wait so long.
"""


def test_broken_lines_are_joined() -> None:
    """Lines that a tool broke at a width become paragraphs, numbered as they stood."""
    joined = lines_of(unwrapped(WRAPPED, lines_of(WRAPPED)))
    assert [line.number for line in joined] == [0, 4]
    assert joined[0].text.endswith("and the nails from here.")
    assert "a grant that Sandwick has asked for" in joined[1].text


def test_whole_paragraphs_are_not_joined() -> None:
    """A text with a paragraph a line is left as it is."""
    text = "\n".join(BODY * 3)
    assert not is_wrapped(lines_of(text))
    assert unwrapped(text, lines_of(text)) == text


def test_pull_quotes_are_not_doubled() -> None:
    """A quotation that stands in the text too is left out of it, with its speaker."""
    said = "“The nails came from our own forge,” said Ruth Calder, who lives beside it."
    lines = ("Pier opens in June", *BODY, "“The nails came from our own forge”")
    text = "\n".join([*lines, "– Ruth Calder, mayor", said])
    article = article_of(page.read(text, memory_of()), Setting(url="urn:x"))
    assert article is not None
    assert [block.text for block in article.blocks] == [*BODY, said]


def test_a_text_of_nothing_is_no_article() -> None:
    """Without headline and text there is no article."""
    reading = page.read("Home\nLog in", memory_of())
    found = article_of(reading, Setting(url="urn:x"))
    assert found is None or not found.blocks


REPEATED = (
    "The Sandwick Echo, every tide",
    "Ann Reed",
    "Related content",
    "Tip us off",
)


def document(number: int) -> Candidate:
    """One of several pages of a site that share lines."""
    other = f"Gulls evicted for the {number + 1}th time"
    lines = [REPEATED[0], f"Gulls evicted for the {number}th time", REPEATED[1]]
    told = f"The {number}th eviction of gulls from the pier took all of Monday."
    lines += [told, *BODY, REPEATED[2], other, REPEATED[3]]
    given = Given(name=f"{number}.txt", content="\n".join(lines).encode())
    (found,) = candidates(given, Wishes())
    return found


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(4)))
def test_pages_of_a_run_tell_of_each_other(order: list[int]) -> None:
    """Lines on three pages are furniture, names and dates aside, in any order."""
    learned = learn(document(number) for number in order)
    memory = learned["imported"]
    assert memory == learn(document(number) for number in range(4))["imported"]
    assert memory_of([REPEATED[0]]).furniture <= memory.furniture
    assert memory_of(titles=["Gulls evicted for the 2th time"]).titles <= memory.titles
    own = memory.without("Gulls evicted for the 2th time")
    found = document(2).reading
    assert found is not None
    text = "\n".join(one.line.text for one in found.labelled)
    labelled = label(text, own)
    assert [one.role for one in labelled][:3] == ["nav", "headline", "byline"]
    assert labelled[-1].role == "related"


def test_two_memories_are_joined() -> None:
    """What either memory holds is in both together."""
    both = joined(memory_of(["a"], ["b"]), memory_of(["c"]))
    assert both == memory_of(["a", "c"], ["b"])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Newsletter", "The tide, every Friday."], ["newsletter", "newsletter"]),
        (["About the author", "Ann Reed sails."], ["byline", "byline"]),
        (["Advertorial", "Paint that lasts"], ["sponsored", "sponsored"]),
        (["To continue reading, subscribe", "£1"], ["paywall", "nav"]),
        (["Tags: pier, Sandwick"], ["tags"]),
        (["Updated: 3 May 2021"], ["byline"]),
        (["Additional reporting by Jo Hay"], ["byline"]),
        (["Jo Hay"], ["byline"]),
        (["The pavilion at low tide", "Photo: Jo Hay"], ["caption", "credit"]),
        (["Wind and weather"], ["nav"]),
        (["Tides for Tuesday and the whole week"], ["related"]),
        (["@annreed"], ["share"]),
        (["- Tides", "- Weather for sailors"], ["related", "related"]),
        (["Continue reading about the pier: why planks rot"], ["related"]),
        (["Comments", "Jo Hay", "It is the tide, not the planks."], ["comments"] * 3),
        (["Home | News | Contact"], ["nav"]),
        (["https://kettle.example/pier"], ["nav"]),
        (["Tags", "pier, Sandwick, planks and nails, weather"], ["tags"] * 2),
        (["See also", "- Why planks rot", "- How nails rust."], ["related"] * 3),
        (["Sponsored", *BLURBS, *BLURBS], ["sponsored"] * 5),
        (["Terms | Privacy | Cookies"], ["legal"]),
        (["Three things are left before the pier can be opened again to the public:",
          "- Paint", "- Rope"], ["body", "list", "list"]),
        (["Three things are left before the pier can be opened again to the public:",
          "Tides"], ["body", "nav"]),
        (["About the author", "Sails", "Ann Reed sails.", "Tides"],
         ["byline", "byline", "byline", "nav"]),
        (["Interview: why planks rot and what to do"], ["related"]),
        (["Newsletter", "The tide, every Friday.", "It is late again, Sandwick."],
         ["newsletter", "newsletter", "body"]),
        ([ENDLESS], ["teaser"]),
        (["Tags: one of those tags that is much too long to be one, tides"], ["tags"]),
    ],
)  # fmt: skip
def test_below_the_text(lines: list[str], expected: list[str]) -> None:
    """What stands below an article is told by its words, its shape or its place."""
    assert roles("Pier opens in June", "By Ann Reed", *BODY, *lines)[5:] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Planks and nails"], ["subhead"]),
        (["Advertisement"], ["sponsored"]),
        (["Read more: Why planks rot"], ["related"]),
        (["Share", "Facebook", "Email"], ["share"] * 3),
        (["Tides", "Planks", "Nails", "Gulls"], ["related"] * 4),
        (["“Nobody minds a splinter”", "– Jo Hay, carpenter"], ["quote", "quote"]),
        (["The pavilion at low tide", "Photo: Jo Hay"], ["caption", "credit"]),
        (["Plank | Price", "Oak | 12", "Pine | 4"], ["table"] * 3),
        (["Plank\tPrice", "-----\t-----", "Oak\t12"], ["table"] * 3),
        (["See also", "- Why planks rot", "Planks"], ["related"] * 2 + ["subhead"]),
        (["Sign up to our newsletter", "Subscribe"], ["newsletter"] * 2),
        (["Get every tide by post", "Your email"], ["newsletter"] * 2),
        ([ENDLESS], ["body"]),
        (["Planks", "Nails"], ["subhead"] * 2),
        (["Newsletter", f"{BODY[2]} {BODY[1]}"], ["newsletter", "body"]),
        (["Newsletter", "Every tide by post"], ["newsletter"] * 2),
        (["Newsletter", "Gulls came. Ruth Calder of Sandwick saw them in June."],
         ["newsletter", "body"]),
        (["Three things are left to do before the summer:", "- Paint", "- Rope"],
         ["body", "list", "list"]),
    ],
)  # fmt: skip
def test_inside_the_text(lines: list[str], expected: list[str]) -> None:
    """What stands between an article's paragraphs is told in the same way."""
    more = [f"{line} Ruth Calder said so to Sandwick council." for line in BODY]
    found = roles("Pier opens in June", "By Ann Reed", *BODY, *lines, *more)
    assert found[5:] == [*expected, *["body"] * 3]


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (["Pier opens", "Pier opens in June", "By Ann Reed", *BODY], 1),
        (["Pier opens in June | The Echo", "Home", "Pier opens in June", *BODY], 2),
        (["Pier opens in June", "It rained. It blew. It stopped at noon on Monday.",
          "By Ann Reed", *BODY], 0),
        (["Sandwick > News", "Pier opens in June", "5 May 2021", *BODY], 1),
        ([BODY[0], *BODY], 0),
        (["Analysis", "Who pays for a pier?", "The town, it turns out", *BODY], 1),
    ],
)  # fmt: skip
def test_headline_is_found(lines: list[str], headline: int) -> None:
    """The headline is told from menus, sections, page titles and standfirsts."""
    assert roles(*lines).index("headline") == headline


def test_every_label_has_a_rule_for_its_run() -> None:
    """A role whose words open a run has a rule for how far the run goes."""
    content = files("pipelines.flat").joinpath("words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(content)
    assert set(STAYS) == {role for role in table if "labels" in table[role]}
    assert set(table) == set(ORDER)


def test_phrases_are_spelled_as_keys() -> None:
    """Each phrase of words.toml is spelled as lines are compared, so it can match."""
    content = files("pipelines.flat").joinpath("words.toml").read_text(encoding="utf-8")
    for role, kinds in tomllib.loads(content).items():
        for phrase in (one for phrases in kinds.values() for one in phrases):
            plain = phrase.replace("*", "x").replace("#", "1")
            assert key(plain) == plain, (role, phrase)


def test_quotations_and_language() -> None:
    """A quotation that stands nowhere else stays, and the site gives the language."""
    lines = ["Pier opens", *BODY[:2], "“Mind the gap”", "– Jo Hay, porter", BODY[2]]
    reading = page.read("\n".join(lines), memory_of())
    article = article_of(reading, Setting(url="urn:x", language="en-gb"))
    assert article is not None
    assert [one.kind for one in article.blocks][2:4] == ["quote", "quote"]
    assert (article.language, article.sources["language"]) == ("en-gb", "profile")


def test_tags_are_short() -> None:
    """A sentence among the tags is none."""
    found = page.read(
        "\n".join(
            ["Pier opens", *BODY, "Tags: pier, one that is much too long to be one"]
        ),
        memory_of(),
    )
    assert found.facts.tags == ("pier",)
