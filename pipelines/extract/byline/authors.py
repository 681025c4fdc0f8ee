"""Material in, the article's authors out, and the witness that names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..claims import Claim, Witness
from ..fields.titles import Headline
from ..material import Material
from ..text import key
from .author_witnesses import Beside, Heard, witnesses
from .naming import full_name, owner
from .people import is_full_name, is_given_name, is_surely_person, kind_of, people

_Names = Claim[tuple[str, ...]]
_STATED: frozenset[Witness] = frozenset({"json-ld", "meta", "wordpress"})
"""Witnesses that readers do not see: they may name an account or who owns the site."""


def authors(material: Material, title: Headline | None) -> _Names | None:
    """Return the names of the witness that is to be believed first."""
    shown = frozenset({key(title.text)}) if title else frozenset()
    sites = (n for n in material.site_names if not is_surely_person(n.title()))
    nobody = frozenset(sites) | shown | _host_labels(material)
    beside = Beside(material, title)
    heard: list[Heard] = []
    is_organisation = False
    for said in witnesses(material, title, beside):
        heard.append(said)
        names = people(_stated(said), nobody)
        if not names or (is_organisation and not _are_people(names)):
            continue
        if said.witness in _STATED and _is_organisation(names, _stated(said)):
            is_organisation = True  # it gives way to a person, and to nothing else
        elif not _is_weak(names, material):
            claim = Claim(value=names, witness=said.witness)
            return _completed(_seen(claim, beside, nobody, material), material)
    if person := owner(material):
        return Claim(value=(person,), witness="html")
    for said in heard:
        texts = _stated(said)
        names = people(texts, nobody) or people(texts, shown)
        if names:
            return Claim(value=names, witness=said.witness)
    return None


def _stated(said: Heard) -> list[str]:
    """Return what a witness says, without addresses."""
    return [text for text in said.texts if not _is_address(text)]


def _completed(claim: _Names, material: Material) -> _Names:
    """Give an only author of one word the last name that the site's host bears."""
    if len(claim.value) > 1 or not is_given_name(claim.value[0]):
        return claim
    return Claim(value=(full_name(claim.value[0], material),), witness=claim.witness)


def _seen(
    claim: _Names, beside: Beside, nobody: frozenset[str], material: Material
) -> _Names:
    """Believe the byline that readers see rather than one that they do not.

    Two bylines that agree and name more people than are stated tell the whole truth.
    Where no stated name is on the page, it is of somebody who only put the page there.
    """
    if claim.witness not in _STATED:
        return claim
    stated = frozenset(map(key, claim.value))
    bylines: list[_Names] = []
    for byline in _bylines(beside.labelled(), nobody):
        if _keys(byline) == stated:
            return claim
        bylines.append(byline)
    bylines += _bylines(beside.worded(facts=False), nobody)
    fuller = [b for b in bylines if stated < _keys(b)]
    if len(fuller) > 1 and fuller[0].value == fuller[1].value:
        return fuller[0] if _are_people(fuller[0].value) else claim
    if not bylines or any(b.value != bylines[0].value for b in bylines):
        return claim
    if not _are_people(bylines[0].value) or _share_words(stated, _keys(bylines[0])):
        return claim
    page = f" {key(' '.join(material.root.itertext()))} "
    return claim if any(f" {name} " in page for name in stated) else bylines[0]


def _bylines(heard: Iterable[Heard], nobody: frozenset[str]) -> Iterator[_Names]:
    """Yield the bylines that hold names, and nothing else, of a person's shape."""
    for said in heard:
        names = people(_stated(said), nobody) if said.is_byline else ()
        if names and all(is_full_name(n) or is_given_name(n) for n in names):
            yield Claim(value=names, witness=said.witness)


def _keys(claim: _Names) -> frozenset[str]:
    return frozenset(map(key, claim.value))


def _are_people(names: tuple[str, ...]) -> bool:
    """Whether each name is a person's beyond doubt."""
    return all(is_surely_person(n) or is_given_name(n) for n in names)


def _share_words(some: frozenset[str], others: frozenset[str]) -> bool:
    """Whether names have a word in common: they may be spellings of one."""
    return not set(" ".join(some).split()).isdisjoint(" ".join(others).split())


def _host_labels(material: Material) -> frozenset[str]:
    """Return the keys of the parts of the page's host name."""
    return frozenset(map(key, re.split(r"[.-]", material.host)))


def _is_weak(names: tuple[str, ...], material: Material) -> bool:
    """Whether an only name is an account's or the publisher's in other words."""
    words = key(names[0]).split()
    if len(names) > 1 or not words:
        return False
    if _is_account(names[0]):
        return True
    if is_given_name(names[0]):
        return False
    return any(
        _means_site(words, label)
        for label in material.host.replace("-", "").split(".")[:-1]
    )


def _is_organisation(names: tuple[str, ...], texts: list[str]) -> bool:
    """Whether all that is stated is an organisation's name, and nobody in it."""
    return not any(map(is_surely_person, names)) and all(
        kind_of(text) == "organisation" for text in texts
    )


def _is_account(name: str) -> bool:
    """Whether a name is what somebody logs in with: "jmarsh", "jo-marsh"."""
    return " " not in name and (name.islower() or "_" in name)


def _means_site(words: list[str], label: str) -> bool:
    """Whether a name's words make a part of the host's name, or their initials do."""
    compact = "".join(words)
    if len(words) == 1 and len(compact) > 4 and compact in label:
        return True
    if len(words) > 1 and label == "".join(word[0] for word in words):
        return True
    return len(words) != 2 and len(label) > 5 and label in compact


def _is_address(text: str) -> bool:
    """Whether a "name" is an address or an account, as some pages state it."""
    return (
        "://" in text
        or text.startswith(("www.", "@", "/"))
        or "@" in text.split(" ")[0]
    )
