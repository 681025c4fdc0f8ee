"""In: edits of posts, pages with other furniture; out: whether revisions are told.

Right are a revision exactly where the words of title or text changed (`kind` is not
none); as many changed words as the case states, within a tenth; no revision where a
page has other furniture around the same article, and one where the article was edited.
Pages are cut with the memory that their folder's pages teach. The usual way is to
compare trafilatura's text and title, and difflib's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from extraction import Unknown, page_of
from suites import Case, Verdict, rows

from archive.history.changed import Change, Passage, Text
from archive.records import Article
from pipelines.changes.decide import change_of
from pipelines.changes.text import text_of
from pipelines.extract import Memory, Taught, cutting, learn
from pipelines.identify import hinted

ADDRESS = "https://press.example/story"
"""One address for all pages of a case: the article lives there."""
NEAR = 0.1


def edits(folder: Path) -> Iterator[Case]:
    """Yield two versions of a post at a time."""
    return rows(folder / "revisions" / "edits.jsonl")


def furniture(folder: Path) -> Iterator[Case]:
    """Yield two pages at a time: with the same article, and with an edited one."""
    for row in rows(folder / "revisions" / "furniture.jsonl"):
        for other in ("b", "c"):
            yield {
                "id": f"{row['id']}{other} {row['mode']}",
                "folder": row["folder"],
                "pages": (row["a"], row[other]),
                "same": row[f"same_a{other}"],
            }


def edit_ours(case: Case) -> Verdict:
    """Whether we make a revision of a post exactly where its words changed."""
    return _change(case).is_revision != case["kind"].startswith("none")


def edit_theirs(case: Case) -> Verdict:
    """Whether comparing the strings as they are does."""
    is_same = _sides(case, "title") == _sides(case, "title")[::-1]
    is_same = is_same and _sides(case, "text") == _sides(case, "text")[::-1]
    return is_same == case["kind"].startswith("none")


def words_ours(case: Case) -> Verdict:
    """Whether we count the changed words of the text as the case does."""
    if case["title_a"] != case["title_b"]:
        case = {**case, "title_a": "", "title_b": ""}
    return _is_near(_change(case).words_changed, case["words_changed"])


def words_theirs(case: Case) -> Verdict:
    """Whether difflib does."""
    old, new = (side.split() for side in _sides(case, "text"))
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = sum(max(b - a, d - c) for what, a, b, c, d in codes if what != "equal")
    return _is_near(changed, case["words_changed"])


def _is_near(counted: int, stated: int) -> bool:
    return abs(counted - stated) <= max(1, NEAR * stated)


def _sides(case: Case, name: str) -> tuple[str, str]:
    return case[f"{name}_a"], case[f"{name}_b"]


def _change(case: Case) -> Change:
    titles, texts = _sides(case, "title"), _sides(case, "text")
    before, after = (
        Text(headline=title, standfirst=None, blocks=_blocks(text), language="en")
        for title, text in zip(titles, texts, strict=True)
    )
    return change_of(before, after)


def _blocks(text: str) -> tuple[Passage, ...]:
    return tuple(Passage(kind="paragraph", text=part) for part in text.split("\n\n"))


def page_ours(case: Case) -> Verdict:
    """Whether we make a revision of a page exactly where its article was edited."""
    known = memory(case["folder"])
    before, after = (_cut(case["folder"] / name, known) for name in case["pages"])
    if before is None or after is None:
        return False
    change = change_of(_text(before), _text(after))
    return change.is_revision != case["same"]


def _text(article: Article) -> Text:
    return text_of(article, hinted=hinted(article))


def _cut(file: Path, known: Memory) -> Article | None:
    return cutting(page_of(file.read_bytes(), ADDRESS), Unknown(), known).article


@lru_cache(maxsize=1)
def memory(folder: Path) -> Memory:
    """What the pages of the folder teach, each counted once as a crawl counts them."""
    taught = []
    for row in rows(folder / "furniture.jsonl"):
        found = cutting(page_of((folder / row["a"]).read_bytes(), ADDRESS), Unknown())
        if found.article is not None and found.lesson is not None:
            published = found.article.published
            day = published.on if published else None
            taught.append(Taught(lesson=found.lesson, on=day))
    return learn(taught)


def page_theirs(case: Case) -> Verdict:
    """Whether comparing trafilatura's title and text does."""
    from trafilatura import bare_extraction

    found = []
    for name in case["pages"]:
        html = (case["folder"] / name).read_text(encoding="utf-8")
        told = bare_extraction(html, with_metadata=True, url=ADDRESS)
        values = told if isinstance(told, dict) else told.as_dict() if told else {}
        found.append((values.get("title"), values.get("text")))
    return (found[0] == found[1]) == case["same"]
