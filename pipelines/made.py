"""The rules that cut pages, and a site's profile, go in; short names of both come out.

A cut is today's if the same rules made it from the same statements of a profile, and
nothing that concerns it has been learned since. So that nobody has to remember to raise
a number, the extractor's name ends in a digest of its sources and word lists and of the
versions of the libraries it asks: it is the same on every machine that cuts alike.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from archive.records import Maker

if TYPE_CHECKING:
    from crawler.sites.profile import Profile, Selectors

VERSION = "0.1.0"
"""As in pyproject.toml; what is installed may be another checkout's."""
ROOT = Path(__file__).resolve().parent.parent
RULES = (
    "archive/warc/captures.py",
    "archive/warc/payloads.py",
    "archive/records.py",
    "archive/remembered.py",
    "crawler/items.py",
    "crawler/lists.py",
    "crawler/parameters.py",
    "crawler/sites/profile.py",
    "crawler/urls.py",
    "pipelines/copies/signature.py",
    "pipelines/extract",
    "pipelines/flat",
    "pipelines/grounds.py",
    "pipelines/identify.py",
    "pipelines/join.py",
    "pipelines/sameness.py",
    "pipelines/teasers.py",
    "pipelines/wall_words.py",
    "pipelines/walls.py",
    "pipelines/words.py",
    "pipelines/workers.py",
)
"""Files and folders that decide what a page is cut to; a test finds what is missing."""
DATA = frozenset({".py", ".toml", ".txt", ".json"})
LIBRARIES = (
    "ada-url",
    "charset-normalizer",
    "courlan",
    "cssselect",
    "dateparser",
    "htmldate",
    "jusText",
    "lxml",
    "lxml_html_clean",
    "trafilatura",
)
"""What they make of a page shows in the cut."""


@cache
def extractor() -> str:
    """Name and version of what cuts pages, such as `cuttings 0.1.0+5d0c3b9a61`."""
    digest = hashlib.blake2b(digest_size=5)
    for name, content in _rules(ROOT):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    for name in LIBRARIES:
        digest.update(f"{name} {_installed(name)}\n".encode())
    return f"cuttings {VERSION}+{digest.hexdigest()}"


def _rules(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file, in one order and with one kind of line end
    on all machines."""
    for rule in RULES:
        place = root / rule
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if file.suffix in DATA and file.is_file():
                name = file.relative_to(root).as_posix()
                yield name, file.read_bytes().replace(b"\r\n", b"\n")


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def profile_digest(profile: Profile) -> str:
    """Name what extraction reads of a profile (`SiteProfile`), and nothing else: other
    feeds or delays cut no page otherwise."""
    stated = {
        # A title that is known from imported texts only has no page to be named on.
        "title": profile.title if profile.home else "",
        "home": profile.home,
        "language": profile.language,
        "timezone": profile.timezone,
        "selectors": _lists(profile.selectors),
        "dated": [[str(d.until), _lists(d.selectors)] for d in profile.dated],
        "removals": list(profile.removals),
    }
    text = json.dumps(stated, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


def _lists(selectors: Selectors) -> dict[str, list[str]]:
    """Selectors without the fields that have none; their order counts."""
    return {name: list(rules) for name, rules in selectors.items() if rules}


def maker(profile: Profile) -> Maker:
    """What cuts the pages of a site today."""
    return Maker(extractor=extractor(), profile=profile_digest(profile))
