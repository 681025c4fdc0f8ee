"""What newsrooms say of their own articles is told apart from the article's words."""

from __future__ import annotations

import pytest
from gates import beginnings
from reader import Site, page
from tiny import ONE, article

from archive.records import Notice
from pipelines.extract import extract
from pipelines.extract.notes.notice_words import LEADS, SENTENCE_WORDS, SENTENCES


def told(markup: str) -> tuple[Notice, ...]:
    """Return the notices of a page."""
    found = extract(page(markup), Site())
    assert found is not None
    return found.notices


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("correction", "Correction: The rope is forty metres long, not fourteen."),
        ("correction", "Correction (12 May 2024): The rope is forty metres long."),
        ("correction", "CORRECTION May 12, 2024 — The rope is forty metres long."),
        ("correction", "* This article was amended on 12 May 2024 to give its length."),
        ("correction", "On 12 May 2024, this story was corrected to give its length."),
        ("correction", "An earlier version of this story misstated the rope's length."),
        ("clarification", "Clarification: the rope is lent, it was not sold to them."),
        ("update", "Update, 3 May: the boathouse says that the rope has come back."),
        ("update", "This post was updated on 3 May with a word from the boathouse."),
        ("editor_note", "Editor’s note: The author has shares in the ferry company."),
        ("editor_note", "[Editors' note: The author has shares in the company.]"),
        (
            "correction",
            "Berichtigung: Das Seil ist vierzig Meter lang, nicht vierzehn.",
        ),
        ("correction", "In einer früheren Version dieses Artikels hieß das Seil Tau."),
        ("update", "Dieser Artikel wurde am 3. Mai 2024 um eine Antwort ergänzt."),
        ("editor_note", "Anmerkung der Redaktion: Das Seil gehört unserer Autorin."),
        ("update", "Mise à jour du 3 mai : le hangar a rendu la corde au port."),
        ("correction", "Cet article a été corrigé le 3 mai pour la longueur."),
        ("editor_note", "Nota de la redacción: la cuerda es de nuestra autora."),
        (
            "correction",
            "Una versione precedente di questo articolo parlava di un filo.",
        ),
        (
            "correction",
            "In een eerdere versie van dit artikel stond een andere lengte.",
        ),
    ],
)
def test_notices_are_told_by_how_they_begin(kind: str, text: str) -> None:
    """Labels and set phrases of several languages open a notice of their kind."""
    assert told(article(f"<p>{text}</p>")) == (Notice(kind=kind, text=text),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "Colour correction is a part of every picture that the company prints.",
        "Updates do not break what works, says the company that sells the ropes.",
        "Updated: 3 May 2024, 12:30",
        "The captain said: “This article was corrected by my mother before it sailed.”",
        "This article was edited by Jo Hay and Ann Ladle for the monthly paper.",
        "“Correction: there is no rope at all,” he told the board on Monday evening.",
        "Correction fluid: it was invented for ropes, say those who ought to know.",
    ],
)
def test_what_only_sounds_like_a_notice(text: str) -> None:
    """Prose about corrections, times of change and quoted words are no notices."""
    assert told(article(f"<p>{text}</p>")) == ()


def test_a_label_above_its_notice() -> None:
    """A label on a line of its own is joined with the paragraph under it."""
    middle = "<h3>Correction, 12 May 2024</h3><p>The rope is forty metres long.</p>"
    text = "Correction, 12 May 2024: The rope is forty metres long."
    assert told(article(middle)) == (Notice(kind="correction", text=text),)


def test_a_box_named_as_a_notice() -> None:
    """The name of a box tells a notice that has no label."""
    text = "The rope's length was given in feet here for eleven hours."
    markup = article(after=f'<div class="article-correction"><p>{text}</p></div>')
    assert told(markup) == (Notice(kind="correction", text=text),)


def test_a_notice_outside_the_text_is_not_lost() -> None:
    """A note above the text is told although it is no part of it."""
    note = "Editor's note: This account was checked again in May 2024."
    head = f'<div class="stamp"><div>{note}</div></div>'
    main = "".join(f"<p>{ONE} {n}</p>" for n in range(3))
    markup = (
        f"<body><div><h1>Ferry gets a longer rope</h1>{head}</div>"
        f"<main><article>{main}</article></main></body>"
    )
    found = extract(page(markup), Site())
    assert found is not None
    assert found.notices == (Notice(kind="editor_note", text=note),)
    assert all(block.text != note for block in found.blocks)


def test_notices_stay_in_the_text_and_name_their_witness() -> None:
    """A notice that readers saw in the text stays there and is listed as well."""
    text = "Correction: The rope is forty metres long, not fourteen."
    found = extract(page(article(f"<p>{text}</p>")), Site())
    assert found is not None
    assert text in [block.text for block in found.blocks]
    assert found.sources["notices"] == "html"


def test_menus_hold_no_notices() -> None:
    """A link to a newspaper's page of corrections is no notice."""
    nav = "<nav><a href='/c'>Corrections and clarifications: all of this year</a></nav>"
    assert told(article(after=nav)) == ()


def test_every_sentence_begins_with_a_listed_word() -> None:
    words = [beginnings(pattern, 99) for _, pattern in SENTENCES]
    assert set().union(*words) <= SENTENCE_WORDS


def test_every_label_begins_with_plain_letters() -> None:
    begun = [word[:3] for words in LEADS.values() for word in words]
    assert all(c.isalpha() or c == " " for start in begun for c in start)
