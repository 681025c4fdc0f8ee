"""Material and the narrowest section in, the whole path of sections out.

Breadcrumbs tell it outright, in JSON-LD or on the page. Without them the folders of
the address do, as far as the page shows a link to each of them under such a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from ..claims import Claim, Witness
from ..dated.months import month
from ..fields import crumbs
from ..fields.labels import is_label, label_of
from ..fields.titles import Headline
from ..material import Material
from ..text import key
from ..tree import text_of

Path = tuple[str, ...]
_MOST_NAMES = 6
_MOST_WORDS = 6
"""A last crumb of more words is a headline, if not the one that is shown."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINTS = re.compile(r"[-_+]|%20")
_MOST_LABEL_CHARS = 40
_MOST_CHARS = 2 * _MOST_LABEL_CHARS


def section_path(
    material: Material, title: Headline | None, section: Claim[str] | None
) -> Claim[Path] | None:
    """Return the sections from the broadest to the narrowest; None where none is told.

    Args:
        material: The page.
        title: Its headline, which many breadcrumbs end with.
        section: The narrowest section, as `labels.section` found it.
    """
    named = key(section.value) if section else ""
    first: Claim[Path] | None = None
    for claim in _told(material, title):
        if named in map(key, claim.value) or not named:
            return claim
        if claim.witness != "url":
            first = first or claim
    if first is not None:
        return first
    return Claim(value=(section.value,), witness=section.witness) if section else None


def _told(material: Material, title: Headline | None) -> Iterator[Claim[Path]]:
    """Yield the paths that witnesses name, the strongest first."""
    witnesses: tuple[tuple[Iterable[str], Witness], ...] = (
        (material.linked.crumbs, "json-ld"),
        (crumbs.shown(material), "html"),
    )
    for names, witness in witnesses:
        if path := _cleaned(names, material, title):
            yield Claim(value=path, witness=witness)
    if path := _cleaned(_folders(material), material, title):
        yield Claim(value=path, witness="url")


def _cleaned(names: Iterable[str], material: Material, title: Headline | None) -> Path:
    """Return the names without home, headline, dates and repetitions."""
    found: dict[str, str] = {}
    labels = [label_of(name) for name in names]
    if any(_YEAR.fullmatch(label) for label in labels):
        labels = [label for label in labels if month(label) is None]
    for label in labels:
        if is_label(label, material, title) and not label.isdigit():
            found.setdefault(key(label), label)
    if found and _is_headline(list(found.values())[-1]):
        found.popitem()
    return tuple(found.values())[:_MOST_NAMES]


def _is_headline(label: str) -> bool:
    """Whether a last crumb is some form of the headline."""
    return len(label.split()) > _MOST_WORDS or label.endswith(("…", "..."))


def _folders(material: Material) -> list[str]:
    """Return the shown names of the folders that the page's address lies in."""
    folders = urlsplit(material.page.url).path.strip("/").split("/")[:-1]
    if not folders or len(folders) > _MOST_NAMES:
        return []
    wanted = {"/".join(folders[: n + 1]): folders[n] for n in range(len(folders))}
    found: dict[str, str] = {}
    host, ends = material.host, tuple(f"/{path}" for path in wanted)
    for link in material.root.iter("a"):
        href = link.get("href")
        if not href or not href.rstrip("/").endswith(ends):
            continue
        path = _path(href, host)
        if path in wanted and path not in found:
            label = text_of(link, _MOST_CHARS)
            if _names(label, wanted[path]):
                found[path] = label
                if len(found) == len(wanted):
                    break
    return [found[path] for path in wanted if path in found]


def _path(href: str, host: str) -> str:
    """Return the path of a link inside the site; empty for any other."""
    if href.startswith("/") and not href.startswith("//"):
        return href.strip("/")
    _, found, rest = href.partition(f"{host}/")
    return rest.strip("/") if found else ""


def _names(label: str, folder: str) -> bool:
    """Whether a link's text says the same as the folder it leads to."""
    said, spelled = key(label).split(), key(_JOINTS.sub(" ", folder)).split()
    return len(label) <= _MOST_LABEL_CHARS and bool(said) and set(said) <= set(spelled)
