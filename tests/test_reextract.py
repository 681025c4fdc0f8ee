"""Stored captures go through the stages again; only what differs is changed."""

from __future__ import annotations

import asyncio
import gzip
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from made_pages import ENDED, HOME, LATER, SITE, address, begun, faults, page, rows

from archive.records import Article, Block, Moment
from archive.write import Archive, Limits
from crawler.items import Hint, Page
from crawler.sites.profile import Profile, generic
from pipelines.capture import keep
from pipelines.deduplicate import deduplicate
from pipelines.draft import Draft
from pipelines.errors import ExtractionFailed
from pipelines.extract import NOTHING, Cutting, Memory
from pipelines.extract.stage import cut_out
from pipelines.identify import with_identity
from pipelines.journal import Journal
from pipelines.reextract import Reextraction, Report
from pipelines.revise import with_revision
from pipelines.store import store
from pipelines.validate import check, reject
from pipelines.workers import Extractor, Judged, Order, Workers, judge

PROFILE = generic(f"{HOME}/")
BODY = "The kettle works at Lidham will reopen in spring with sixty new jobs, and "
WORDS = (
    BODY
    + "its owners said that lids would be pressed there again by the end of the summer."
)


def plain(page: Page, profile: Profile) -> Article | None:
    """An extractor that takes a page's lines: headline first, then paragraphs."""
    lines = page.body.decode().removeprefix("<p>").splitlines()
    if lines[0] == "fail":
        raise ExtractionFailed(page.url, "its worker process died")
    blocks = tuple(Block(kind="paragraph", text=line) for line in lines[1:])
    section = page.hints[0].section if page.hints else None
    return Article(
        url=page.url, headline=lines[0], blocks=blocks, tags=("lids",), section=section
    )


def better(page: Page, profile: Profile) -> Article | None:
    """The extractor of the next version: it dates pages and cuts a label off."""
    found = plain(page, profile)
    assert found is not None
    blocks = [b for b in found.blocks if b.text != "Share this"]
    return replace(
        found,
        blocks=tuple(blocks),
        published=Moment(on="2026-02-27"),
        sources={"published": "meta"},
    )


class Inline(Workers):
    """A pool that cuts in this process."""

    async def extract(
        self, page: Page, profile: Profile, memory: Memory = NOTHING
    ) -> Judged:
        """Cut and judge here."""
        order = Order(
            extractor=self.extractor, page=page, profile=profile, memory=memory
        )
        return judge(order)


def taught(cut: Callable[[Page, Profile], Article | None]) -> Extractor:
    """An extractor of pages that teach nothing of their site."""

    def extract(page: Page, profile: Profile, memory: Memory) -> Cutting:
        return Cutting(article=cut(page, profile), lesson=None)

    return extract


def crawl(archive: Archive, *pages: Page) -> int:
    """Send pages through the stages of one crawl."""
    crawl_id = begun(archive)
    for one in pages:
        draft = keep(replace(one, crawl_id=crawl_id), archive)
        draft = asyncio.run(
            cut_out(draft, PROFILE, NOTHING, Inline(extractor=taught(plain)))
        )
        take(archive, draft)
    archive.end_crawl(crawl_id, replace(ENDED, found=len(pages)), now=LATER)
    return crawl_id


def take(archive: Archive, draft: Draft) -> None:
    """The stages behind extraction."""
    if rejection := check(draft):
        reject(draft, rejection, archive)
        return
    assert draft.article is not None
    draft = with_identity(draft, draft.article, archive)
    store(with_revision(deduplicate(draft, archive), archive), archive)


def lines(path: str, *texts: str) -> Page:
    """A page that `plain` cuts."""
    return page(path, ("<p>" + "\n".join(texts)).encode())


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """The file of an archive that is checked when the test is over."""
    path = tmp_path / "archive.db"
    yield path
    assert faults(path) == []


def reextract(
    path: Path, extractor: Callable[..., Article | None], *, dry_run: bool = False
) -> Report:
    """Run over all captures; count what is told."""
    told = []
    with Archive(path) as archive, archive.trial() as keep:
        job = Reextraction(
            archive,
            Inline(1, extractor=taught(extractor)),
            lambda site, home: generic(home),
        )
        stored = archive.stored_captures()
        report = asyncio.run(job.run(stored, lambda r: told.append(r.captures)))
        if not dry_run:
            keep()
    assert told == list(range(1, len(stored) + 1))
    return report


def dump(path: Path) -> list[str]:
    """The whole content of an archive."""
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def test_the_same_extractor_changes_nothing(path: Path) -> None:
    """With the same version every cut is the same, and not a row changes."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS), lines("b", "Two", WORDS, "More."))
        crawl(archive, lines("a", "One", WORDS + " Corrected."), lines("c", "No text"))
    before = dump(path)
    report = reextract(path, plain)
    assert (report.captures, report.same, report.rejected) == (4, 3, 1)
    assert (report.changed, report.rescued, report.doubtful) == (0, 0, 0)
    assert dump(path) == before


def test_a_better_extractor_changes_exactly_what_it_cuts_otherwise(path: Path) -> None:
    """Only the fields that differ change, in every revision, and search follows."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS, "Share this"), lines("b", "Two", WORDS))
        crawl(archive, lines("a", "One", WORDS + " Corrected.", "Share this"))
    columns = "id, site, url, headline, section, first_seen_at, last_seen_at"
    before = rows(path, f"SELECT {columns} FROM articles")
    report = reextract(path, better)
    assert (report.captures, report.changed, report.same) == (3, 3, 0)
    assert report.fields == {
        "published": 3,
        "body": 2,
        "published_zone": 2,
        "evidence": 2,
    }
    assert rows(path, f"SELECT {columns} FROM articles") == before
    assert rows(path, "SELECT number, body FROM revisions WHERE article_id = 1") == [
        (1, WORDS),
        (2, WORDS + " Corrected."),
    ]
    assert rows(path, "SELECT DISTINCT published_on FROM articles") == [("2026-02-27",)]
    share = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'share'"
    assert rows(path, share) == [(0,)]
    again = reextract(path, better)
    assert (again.same, again.changed) == (3, 0)


def test_a_dry_run_reports_and_writes_nothing(path: Path) -> None:
    """What would be done is counted, and the archive stays as it is."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS, "Share this"), lines("c", "Short", "x"))
    before = dump(path)
    report = reextract(path, better_and_longer, dry_run=True)
    assert (report.changed, report.rescued) == (1, 1)
    assert report.fields == {
        "published": 1,
        "body": 1,
        "published_zone": 1,
        "evidence": 1,
    }
    assert dump(path) == before


def better_and_longer(page: Page, profile: Profile) -> Article | None:
    """An extractor that finds text where the last one found none."""
    found = better(page, profile)
    assert found is not None
    if len(found.body) > 20:
        return found
    return replace(found, blocks=(Block(kind="paragraph", text=f"{page.url} {WORDS}"),))


def test_a_rejected_page_can_become_an_article(path: Path) -> None:
    """Where today's rules find an article it is archived, and its crawl recounted."""
    with Archive(path) as archive:
        number = crawl(archive, lines("a", "One", WORDS), lines("c", "Short", "x"))
    assert rows(path, "SELECT stored, rejected FROM crawls") == [(1, 1)]
    report = reextract(path, better_and_longer)
    assert (report.rescued, report.rejected) == (1, 0)
    assert rows(path, "SELECT count(*) FROM rejected") == [(0,)]
    assert rows(path, "SELECT url FROM articles ORDER BY id") == [
        (address("a"),),
        (address("c"),),
    ]
    counts = rows(path, "SELECT id, stored, rejected, found FROM crawls")
    assert counts == [(number, 2, 0, 2)]
    assert reextract(path, better_and_longer).same == 2


def test_a_rescued_copy_becomes_an_alias(path: Path) -> None:
    """A rejected page with the text of an archived article is another address of it."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS), lines("c", "One", "x"))

    def taken(page: Page, profile: Profile) -> Article | None:
        found = plain(page, profile)
        assert found is not None
        return replace(found, blocks=(Block(kind="paragraph", text=WORDS),))

    assert reextract(path, taken).rescued == 1
    assert rows(path, "SELECT count(*) FROM articles") == [(1,)]
    assert rows(path, "SELECT article_id FROM urls WHERE url = ?", address("c")) == [
        (1,)
    ]


def test_an_old_rejection_does_not_come_out_as_the_newest_text(path: Path) -> None:
    """A capture that was rejected before its page became an article stays in peace."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", "x"))
        crawl(archive, lines("a", "One", WORDS))
    report = reextract(path, better_and_longer)
    assert (report.captures, report.rescued) == (1, 0)
    assert rows(path, "SELECT revision, text FROM full_articles") == [(1, WORDS)]


def test_a_doubtful_article_is_reported_and_kept(path: Path) -> None:
    """What today's rules would reject, or cannot be cut any more, is left as it is."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS), lines("b", "Two", WORDS))
    before = dump(path)

    def worse(page: Page, profile: Profile) -> Article | None:
        if page.url.endswith("b"):
            raise ExtractionFailed(page.url, "its worker process died")
        return None

    assert reextract(path, worse).doubtful == 2
    assert dump(path) == before


def test_an_unreadable_capture_is_named_and_the_rest_goes_on(path: Path) -> None:
    """A damaged record costs its own page, and the report says which and why."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS), lines("b", "Two", WORDS, "Share this"))
    (file,) = (path.parent / "captures").iterdir()
    ((offset,),) = rows(path, "SELECT offset FROM captures WHERE id = 1")
    assert isinstance(offset, int)
    content = bytearray(file.read_bytes())
    content[offset + 60] ^= 0xFF
    file.write_bytes(content)
    report = reextract(path, better)
    assert (report.captures, report.changed, len(report.unreadable)) == (2, 1, 1)
    assert report.unreadable[0].startswith(f"{address('a')}: capture at byte {offset}")


def test_each_capture_is_counted_once(path: Path) -> None:
    """Whatever came of it, and also where the archive refuses its row."""
    with Archive(path) as archive:
        texts = ("Same", "Changed", "Refused", "Doubtful", "Refused too")
        crawl(archive, *(lines(one, one, WORDS, one) for one in texts[:4]))
        crawl(archive, lines("e", "Still none"), lines("f", texts[4], "Too short."))

    def odd(page: Page, profile: Profile) -> Article | None:
        found = plain(page, profile)
        assert found is not None
        if found.headline == "Changed":
            return replace(found, section="Works")
        if found.headline.startswith("Refused"):
            blocks = (Block(kind="paragraph", text=WORDS * 2),)
            return replace(found, language=b"en", blocks=blocks)  # type: ignore[arg-type]
        return None if found.headline == "Doubtful" else found

    report = reextract(path, odd)
    counts = (report.same, report.changed, report.doubtful, report.rejected)
    assert counts == (1, 1, 1, 1)
    assert (report.rescued, len(report.unreadable)) == (0, 2)
    assert report.captures == sum(counts) + 2


def test_codings_and_hints_are_those_of_the_crawl(path: Path) -> None:
    """A compressed page is decoded again, with what its routes said of it."""
    body = ("<p>One\n" + WORDS).encode()
    hint = Hint(route="feed", source=f"{HOME}/feed", section="Works", tags=("a", "b"))
    sent = replace(
        page("a", body),
        wire=gzip.compress(body),
        headers=(("Content-Encoding", "gzip"), ("Content-Type", "text/html")),
        hints=(hint,),
        redirects=(address("old"),),
        requested_url=address("old"),
    )
    with Archive(path) as archive:
        crawl(archive, sent)
    seen: list[Page] = []

    def watching(page: Page, profile: Profile) -> Article | None:
        seen.append(page)
        return plain(page, profile)

    assert reextract(path, watching).same == 1
    length = ("Content-Length", str(len(sent.wire)))
    assert seen == [replace(sent, headers=(*sent.headers, length))]


def test_hints_of_another_version_are_read(path: Path) -> None:
    """A field that hints had once, or will have, does not stop a re-extraction."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS))
    with closing(sqlite3.connect(path)) as db, db:
        hint = '[{"route": "feed", "source": "x", "mood": "merry"}]'
        db.execute("UPDATE captures SET hints = ?", (hint,))
    assert reextract(path, plain).same == 1


def test_only_one_site_is_read_where_one_is_asked_for(path: Path) -> None:
    """The captures of a site can be taken alone."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS))
        archive.commit()
        assert len(archive.stored_captures(SITE.name)) == 1
        assert archive.stored_captures("other") == []


def test_a_stop_in_the_middle_leaves_no_task_behind(path: Path) -> None:
    """Where the watcher stops a run, what was cut ahead is given up in order."""
    with Archive(path) as archive:
        crawl(archive, *(lines(f"p{n}", f"Number {n}", WORDS) for n in range(12)))

    class Stopped(Exception):
        """Ctrl-C, as the command line sees it."""

    def stop(report: Report) -> None:
        if report.captures == 3:
            raise Stopped

    with Archive(path) as archive:
        job = Reextraction(
            archive, Inline(1, extractor=taught(better)), lambda s, h: PROFILE
        )
        with pytest.raises(Stopped):
            asyncio.run(job.run(archive.stored_captures(), stop))
    changed = rows(path, "SELECT count(*) FROM articles WHERE published_on IS NOT NULL")
    assert changed == [(3,)]


def test_what_comes_out_the_same_only_gets_another_name(path: Path) -> None:
    """By other rules that cut alike, only what cut a revision is written, once."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS), lines("b", "Two", WORDS))
        crawl(archive, lines("a", "One", WORDS + " Corrected."))
    plain_dump = dump(path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE revisions SET extractor = 'cuttings 0.0'")
    assert reextract(path, plain).same == 3
    assert rows(path, "SELECT count(*) FROM recuts") == [(0,)]
    due = {line for line in dump(path) if '"copies_due"' in line}
    assert set(dump(path)) - due == set(plain_dump) - due


def test_an_older_revision_is_compared_by_what_is_kept_of_it(path: Path) -> None:
    """Its day and byline are its own; the article's facts are the newest one's."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS))
        crawl(archive, lines("a", "One", WORDS + " Corrected."))
        with archive.trial():
            old = archive.stored_cut(1)
    assert not old.newest and "section" not in old.plain()
    report = reextract(path, better)
    assert report.fields["published"] == 2
    assert rows(path, "SELECT published_on FROM revisions") == [("2026-02-27",)] * 2
    first, second = rows(path, "SELECT fields FROM recuts ORDER BY revision_id")
    assert json.loads(str(first[0])) == ["published"]
    assert json.loads(str(second[0])) == ["published", "published_zone", "evidence"]


def test_a_page_that_is_rejected_for_another_reason_says_so(path: Path) -> None:
    """The reason is today's, with what found it, in both places that tell it."""
    with Archive(path) as archive:
        crawl(archive, lines("c", "Short", "x"))

    def none(page: Page, profile: Profile) -> Article | None:
        return None

    before = rows(path, "SELECT reason FROM rejected")
    assert reextract(path, none).rejected == 1
    after = rows(path, "SELECT reason FROM rejected")
    assert before != after == rows(path, "SELECT reason FROM fetches")
    assert reextract(path, none).rejected == 1


def test_nothing_is_committed_in_a_trial_or_between(path: Path) -> None:
    """What is done together is kept or lost together, whatever a batch holds."""
    with Archive(path, Limits(batch_rows=1)) as archive:
        crawl(archive, lines("a", "One", WORDS))
        with pytest.raises(ZeroDivisionError), archive.together():
            archive.memories.learn_all(SITE.name)
            archive.commit()
            raise ZeroDivisionError
        assert not archive.memories.is_to_learn_all(SITE.name)
        with archive.trial() as keep:
            archive.memories.learn_all(SITE.name)
            archive.commit()
            assert rows(path, "SELECT learned_to FROM sites") == [(0,)]
            keep()
        assert rows(path, "SELECT learned_to FROM sites") == [(-1,)]
        with pytest.raises(ZeroDivisionError), archive.trial() as keep:
            archive.memories.overrule(SITE.name, 1, "Lids", "nav")
            keep()
            raise ZeroDivisionError
    assert rows(path, "SELECT count(*) FROM memory") == [(0,)]


def test_a_cut_that_is_taken_back_in_the_same_run_is_no_difference(path: Path) -> None:
    """The journal holds what a revision was at the beginning against what it is now."""
    with Archive(path) as archive:
        crawl(archive, lines("a", "One", WORDS), lines("b", "Two", WORDS))
        written: list[str] = []
        journal = Journal(written.append)
        for extractor in (better, plain):
            pool = Inline(1, extractor=taught(extractor))
            job = Reextraction(
                archive, pool, lambda site, home: generic(home), journal=journal
            )
            stored = archive.stored_captures()[: 1 if extractor is plain else 2]
            asyncio.run(job.run(stored, lambda report: None))
        (found,) = journal.differences(archive)
        assert list(journal.differences(archive)) == []
    assert (found.article_id, found.revision, found.outcome) == (2, 1, "changed")
    assert set(found.fields) == {"published", "published_zone", "evidence"}
    assert found.fields["published"].after == ["2026-02-27", None]
    assert set(written) == {SITE.name}
