"""Exports of press databases are cut into documents and read by their fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.flat.article import Setting, article_of
from pipelines.flat.formats import FORMATS, sniff, text_of
from pipelines.flat.memory import NOTHING
from pipelines.flat.reading import Reading

FOLDER = Path(__file__).parent / "fixtures" / "flat" / "exports"
FILES = sorted(FOLDER.glob("*.txt"))
LINES = [
    *("HD  Mast falls", "HD", "BY  Ann Reed", "PD  3 May 2019", "SN  The Mast", "LP"),
    *(
        "TD",
        "AN  Document MAST000012345",
        "1 of 2 DOCUMENTS",
        "End of Document",
        "Body",
    ),
    *("Length: 20 words", "Load-Date: May 4, 2019", "Copyright 2019 Mast Ltd", ""),
    *("BYLINE: Ann Reed", "May 3, 2019 Friday", "The mast fell at noon on Friday."),
]


def read(text: str, form: str) -> list[Reading]:
    """Every document of a text, read."""
    reader = FORMATS[form]
    return [reader.read(one.text, NOTHING) for one in reader.documents(text)]


def facts(reading: Reading) -> dict[str, Any]:
    """What a fixture states of a document."""
    article = article_of(reading, Setting(url="urn:cuttings:text:a"))
    assert article is not None
    published = article.published
    return {
        "roles": [one.role for one in reading.labelled],
        "headline": article.headline,
        "standfirst": article.standfirst,
        "authors": list(article.authors),
        "published": published and (published.at or published.on),
        "section": article.section,
        "tags": list(article.tags),
        "language": article.language,
        "publication": reading.facts.publication,
        "identifier": reading.facts.identifier,
        "blocks": [block.text for block in article.blocks],
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_documents_of_an_export(file: Path) -> None:
    """Each fixture is told by its form and gives the documents a person read in it."""
    expected = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    text = text_of(file.read_bytes())
    assert sniff(text) == expected["format"]
    documents = FORMATS[expected["format"]].documents(text)
    starts = [one.pop("first_line") for one in expected["documents"]]
    assert [one.first_line for one in documents] == starts
    assert [one.number for one in documents] == list(range(1, len(starts) + 1))
    found = [facts(one) for one in read(text, expected["format"])]
    assert found == expected["documents"]


def test_codes_may_stand_tight() -> None:
    """A field's value may follow its code after a single space, if all do."""
    text = "HD Mast falls\nPD 3 May 2019\nSN The Mast\nTD\nThe mast fell at noon.\n"
    assert sniff(text) == "factiva"
    (found,) = read(text, "factiva")
    assert found.facts.headline == "Mast falls"
    assert [x.role for x in found.labelled].count("body") == 1


def test_subjects_without_names_are_left_out() -> None:
    """A subject that is a code and nothing more is no tag."""
    text = "HD  Mast falls\nSN  The Mast\nPD  3 May 2019\nNS  c1 :  | c2 : Masts\n"
    assert read(text, "factiva")[0].facts.tags == ("Masts",)


def test_headline_by_name() -> None:
    """A headline that is named as such is taken, wherever the date stands."""
    text = "The Mast\n\nHEADLINE: Mast\nfalls\n\nLENGTH: 9 words\n\nThe mast fell.\n"
    (found,) = read(text, "nexis")
    assert found.facts.headline == "Mast falls"
    assert [x.role for x in found.labelled if x.line.text == "The mast fell."] == [
        "body"
    ]


@pytest.mark.parametrize(
    "text",
    ["Mast falls\nThe mast fell at noon.", "HD 40 screens are sold\nThey are large."],
)
def test_a_page_is_no_export(text: str) -> None:
    """Without two more of a database's signs a text is read as a page."""
    assert sniff(text) == "page"


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(["factiva", "nexis"]),
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=60)), max_size=25),
)
def test_any_text_is_read(form: str, lines: list[str]) -> None:
    """Whatever a file holds, every document is read and no line gets two roles."""
    for found in read("\n".join(lines), form):
        numbers = [one.line.number for one in found.labelled]
        assert len(numbers) == len(set(numbers))
        assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b" \n\t\n", "empty"),
        (b"PNG\x00\x01\x02 \x00", "bytes that no text has"),
        (b"<html><body><div><p>a</p><p>b</p></div></body></html>", "holds HTML"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, why: str) -> None:
    """A file that is no text is refused, and the message says why."""
    with pytest.raises(ValueError, match=why):
        text_of(content)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_texts_are_decoded(codec: str) -> None:
    """Texts in the encodings that editors save in come out the same."""
    text = "“Häuser für alle”, sagte die Bürgermeisterin – und ging.\n" * 4
    assert text_of(text.encode(codec)) == text
