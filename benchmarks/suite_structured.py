"""In: pages with structured data; out: whether we, and trafilatura, read them rightly.

Right are all stated fields equal, case and white space folded; the list of JSON-LD
objects that the scripts hold; a named type found. trafilatura tells no day of change
and no JSON-LD: it is scored on the other fields and cases.

The real pages (`structured/page`) state what another program answers, its headlines
with the site's name still in them. Ours counts there where it is the part of that
headline that a mark such as "|" cuts off, and where byline and day agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extraction import Unknown, page_of
from suites import Case, Verdict, page_bytes, rows

from pipelines.extract import extract
from pipelines.extract.byline.naming import site_name
from pipelines.extract.decode import decode
from pipelines.extract.material import gather
from pipelines.extract.structured.jsonld import Json, load, nodes, types
from pipelines.extract.tree import parse

ADDRESS = "https://page.example/story"


def cases(folder: Path) -> Iterator[Case]:
    """Yield the cases with a right answer of their own."""
    found = rows(folder / "structured" / "cases.jsonl")
    return (case for case in found if case["kind"] != "page")


def pages(folder: Path) -> Iterator[Case]:
    """Yield the real pages with another program's answers."""
    found = rows(folder / "structured" / "cases.jsonl")
    return (case for case in found if case["kind"] == "page")


def ours(case: Case) -> Verdict:
    """Whether we read a page's structured data rightly."""
    body = page_bytes(case)
    if case["kind"] == "jsonld-list":
        return _scripts(body) == _flat(case["jsonld"])
    if case["kind"] == "parse-only":
        return _types_found(body, case["types"])
    told = our_fields(body)
    return all(_same(told.get(name), want) for name, want in _wanted(case).items())


def _flat(wanted: Json) -> list[Json]:
    """Return the objects of an expectation, which may list lists of them."""
    listed = wanted["items"] if isinstance(wanted, dict) else wanted
    items = listed if isinstance(listed, list) else []
    return [v for i in items for v in (i if isinstance(i, list) else [i])]


def _wanted(case: Case) -> Case:
    """Return the fields that a case states; a site name that is not given is none."""
    expect = case["expect"]
    return {k: v for k, v in expect.items() if k != "sitename" or v is not None}


def our_fields(body: bytes, url: str = ADDRESS) -> Case:
    """Return what we make of a page, under the names that the cases use."""
    page = page_of(body, url)
    article, material = extract(page, Unknown()), gather(page, Unknown())
    if article is None or material is None:
        return {}
    return {
        "title": article.headline,
        "date": article.published.on if article.published else None,
        "modified": article.updated.on if article.updated else None,
        "authors": list(article.authors),
        "sitename": site_name(material) or None,
        "lang": article.language,
    }


def _same(got: Any, want: Any) -> bool:
    """Whether two values are equal, case and white space folded."""
    if isinstance(want, list):
        return [folded(n) for n in got or ()] == [folded(n) for n in want]
    return folded(got) == folded(want)


def folded(text: Any) -> str:
    """Return a text as the cases compare it; U+FFFD stands for nothing."""
    return " ".join(str(text or "").replace("\ufffd", "").split()).casefold()


def _scripts(body: bytes) -> list[Json]:
    """Return the JSON-LD objects of a page's scripts, as one list."""
    root = parse(decode(body, None))
    found = [] if root is None else list(root.iter("script"))
    texts = [s.text or "" for s in found if "ld+json" in (s.get("type") or "").lower()]
    values = [value for text in texts for value in load(text)]
    listed = [v if isinstance(v, list) else [v] for v in values]
    return [v for several in listed for v in several if isinstance(v, dict) and v]


def _types_found(body: bytes, wanted: str) -> bool:
    """Whether one of the named types is found in the page."""
    names = set(re.findall(r"[A-Z]\w+", wanted.partition(" ")[2]))
    stated = {t for node, _ in nodes(_scripts(body)) for t in types(node)}
    root = parse(decode(body, None))
    for element in () if root is None else root.iter("*"):
        for given in (element.get("itemtype"), element.get("typeof")):
            stated.update(t.rsplit("/", 1)[-1] for t in (given or "").split())
    extract(page_of(body, ADDRESS), Unknown())  # must not crash either
    return bool(names & stated)


def trafilatura_fields(body: bytes) -> Case:
    """Return trafilatura's answers under the same names."""
    from trafilatura import bare_extraction

    found = bare_extraction(body, with_metadata=True, url=ADDRESS)
    told = found if isinstance(found, dict) else found.as_dict() if found else {}
    authors = [a.strip() for a in (told.get("author") or "").split(";")]
    return {
        "title": told.get("title"),
        "date": told.get("date"),
        "authors": [a for a in authors if a],
        "sitename": told.get("sitename"),
    }


def theirs(case: Case) -> Verdict:
    """Whether trafilatura reads a page's title, day, authors and site rightly."""
    if case["kind"] != "own":
        return None
    told = trafilatura_fields(page_bytes(case))
    wanted = {k: v for k, v in _wanted(case).items() if k in told}
    return all(_same(told[name], want) for name, want in wanted.items())


def page_ours(case: Case) -> Verdict:
    """Whether our fields agree with what another program answers."""
    return _agrees(our_fields(page_bytes(case)), case["expect"])


def page_theirs(case: Case) -> Verdict:
    """Whether trafilatura's fields agree with what another program answers."""
    return _agrees(trafilatura_fields(page_bytes(case)), case["expect"])


def _agrees(told: Case, want: Case) -> bool:
    """Whether headline, byline, site and day agree where the other has any."""
    title, parts = folded(told.get("title")), re.split(r" [|·\-–—:] ", want["title"])
    if title not in {folded(want["title"]), *map(folded, parts)}:
        return False
    byline, names = folded(want.get("byline")), told.get("authors") or []
    if byline and not any(folded(name) in byline for name in names):
        return False
    day = (want.get("publishedTime") or "")[:10]
    return not day or told.get("date") == day
