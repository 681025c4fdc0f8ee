"""Contains no logic: what docs/schema.md says to analysts before it lists the tables.

The queries are run by a test on an archive with rows in every table.
"""

from __future__ import annotations

from dataclasses import dataclass

INTRODUCTION = """\
# The archive's tables

This page is generated: tables and columns from the comments in `archive/migrations.py`, the rest
from `archive/tables/guide.py`. Write it anew with `python -m archive.schema > docs/schema.md`.

## Reading it

`archive.db` is one SQLite file. Open it read-only; a crawl may write it meanwhile.

```console
$ sqlite3 'file:archive.db?mode=ro'
$ python -c "import pandas, sqlite3; print(pandas.read_sql('SELECT * FROM full_articles', \\
    sqlite3.connect('file:archive.db?mode=ro', uri=True)))"
$ duckdb -c "ATTACH 'archive.db' AS a (TYPE sqlite, READ_ONLY); SELECT count(*) FROM a.articles"
```

- Start with the view **full_articles**: one row an article, with its newest text.
- A time is UTC, `YYYY-MM-DDTHH:MM:SSZ`, and its name ends in `_at`. A day is `YYYY-MM-DD` and ends in
  `_on`; `published_on` is the day in the site's own time zone. Both sort and compare as text.
- NULL means that nobody knows, or that it does not apply, as the column says; never an empty string.
- 0 and 1 stand for no and yes. Lists in one column are JSON (`json_each` opens them).
- Lengths are in words or in bytes, as the column says; shares go from 0 to 1.

## What goes wrong when counting

- **One text, many articles.** A press release on five sites is five rows of `articles`. Count
  `coalesce('s' || story_id, 'a' || id)` to count texts.
- **A quiet day or a missing one?** A day without articles may be a day without a crawl. `crawls` says
  when the archive looked, what it found, and what it did not get.
- **Published and seen are two things.** `published_on` is what the site states; `first_seen_at` is when
  the archive came by. The first crawl of a site sees years of articles in one night.
- **Not every article is news.** Filter by `kind`; sponsored texts are in here, and named so.
- **Part of a text.** `access` says whether a page showed the whole article; `word_count` counts what it showed.
- **Gone is not deleted.** An article taken down keeps its text; `state` says that it is gone.
- **A revision is a change of the article**, not of the page around it. A better cut of the same bytes is in
  `recuts` and no revision.

## How the tables hang together

```text
sites ─┬─< crawls ──< fetches >── captures          what was looked at, and what became of it
       ├─< captures ──< captures (part_of)          the bytes as sent, in the WARC files
       ├─< routes, rejected                         feeds and maps; pages that are no article
       ├─< urls >─────────┐                         every address, and the article it leads to
       ├─< memory         │                         lines learned to be no article's text
       └─< articles ──────┴─< revisions ──< changes   one row a piece; one a text of it; what changed
              │                   ├─< recuts        the same bytes, cut better
              │                   └─< links         what its page links to
              ├─< article_authors >── authors
              ├─< article_tags >──── tags
              ├─< identifiers                       guids and numbers that its site calls it by
              ├─< images, notices                   what stands on its page, as of the newest text
              ├─< evidence                          which witness gave which field
              ├─< states                            gone, behind a wall, back
              ├─< copy_pairs >── articles           two with a text in common
              └─> stories                           all with a text in common

full_articles = articles + sites + newest revision + names      edits  = revisions after the first
copies        = copy_pairs in both directions                   articles_fts = the search index
article_links = links between archived articles                 link_counts  = how many of them
```

`──<` reads "has many". Every key is checked by SQLite; what belongs to an article goes with it.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A worked query."""

    asks: str
    sql: str
    note: str = ""
    """What to know of its answer."""


QUESTIONS = (
    Question(
        asks="How much did each title publish a month, and how much of it was its own?",
        sql="""\
SELECT site, substr(published_on, 1, 7) AS month, count(*) AS articles,
  count(DISTINCT coalesce('s' || story_id, 'a' || id)) AS texts,
  sum(id = coalesce((SELECT first_id FROM stories s WHERE s.id = story_id), id)) AS firsts
FROM full_articles
WHERE kind NOT IN ('sponsored', 'press_release') AND published_on IS NOT NULL
GROUP BY site, month ORDER BY site, month""",
        note="`texts` counts copies within the title once; `firsts` leaves out what "
        "another title had before.",
    ),
    Question(
        asks="On which days was a title looked at, and what was missed?",
        sql="""\
SELECT site, substr(started_at, 1, 10) AS day, count(*) AS crawls, sum(found) AS found,
  sum(stored) AS new, sum(failed + disallowed + left_over) AS missed,
  sum(finish IS NULL OR finish <> 'finished') AS broken_off
FROM crawls WHERE kind = 'crawl' GROUP BY site, day ORDER BY site, day""",
        note="A day that is not in the answer was not looked at. Reasons are in "
        "`fetches.reason` and `rejected`.",
    ),
    Question(
        asks="Which articles speak of lids and kettles, the best first?",
        sql="""\
SELECT a.id, a.site, a.published_on, a.headline,
  snippet(articles_fts, 2, '[', ']', '…', 12) AS passage
FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid
WHERE articles_fts MATCH 'lids AND kettle*' ORDER BY rank LIMIT 20""",
        note='FTS5 syntax: "a phrase", AND, OR, NOT, NEAR(a b), prefix*, headline : lid. '
        "Words are stemmed as English ones. facets : year2026 filters by year.",
    ),
    Question(
        asks="Who had each story first, and how much later did the others have it?",
        sql="""\
SELECT s.id AS story, f.site AS first, c.site AS then_in, c.url,
  julianday(c.published_on) - julianday(f.published_on) AS days_later,
  p.relation, round(p.copy_share, 2) AS share
FROM stories s JOIN articles f ON f.id = s.first_id
JOIN articles c ON c.story_id = s.id AND c.id <> f.id
LEFT JOIN copies p ON p.article_id = f.id AND p.copy_id = c.id
ORDER BY s.id, days_later""",
        note="`share` is how much of the copy's text is the first one's. It is NULL where "
        "the two hang together by a third.",
    ),
    Question(
        asks="Which edits changed something, and does the page say that it was corrected?",
        sql="""\
SELECT e.site, e.url, e.number, e.seen_at, c.class, c.before, c.after,
  EXISTS (SELECT 1 FROM notices n WHERE n.article_id = e.article_id
    AND n.kind = 'correction') AS says_so
FROM edits e JOIN changes c ON c.revision_id = e.revision_id
WHERE c.class <> 'typo' AND c.sure <> 'weak' ORDER BY e.seen_at""",
        note="`seen_at` is when the archive saw the new text: the edit was made between "
        "the look before and this one.",
    ),
    Question(
        asks="What did an article say on a day in the past?",
        sql="""\
SELECT r.number, r.seen_at, r.headline, r.body
FROM revisions r JOIN urls u ON u.article_id = r.article_id
WHERE u.url = 'https://kettle.example/report' AND r.seen_at < '2026-03-02'
ORDER BY r.number DESC LIMIT 1""",
        note="`urls` finds the article by any address that it has had.",
    ),
    Question(
        asks="Who writes most, agencies and organisations left out?",
        sql="""\
SELECT n.name, count(*) AS articles, count(DISTINCT a.site) AS titles,
  min(a.published_on) AS first_on, max(a.published_on) AS last_on
FROM authors n JOIN article_authors j ON j.author_id = n.id
JOIN articles a ON a.id = j.article_id
WHERE n.kind = 'person' GROUP BY n.id ORDER BY articles DESC, n.name LIMIT 50""",
        note="A name is a string as printed: one person may have two, two persons one.",
    ),
    Question(
        asks="What has been taken down, or put behind a wall, and since when?",
        sql="""\
SELECT site, url, headline, state, state_since, last_seen_at, word_count
FROM full_articles WHERE state <> 'here' ORDER BY state_since DESC""",
        note="The text is the last whole one. Spells of the past are in `states`.",
    ),
    Question(
        asks="Where do a headline and a text come from?",
        sql="""\
SELECT a.id, r.number, e.field, e.source, r.extractor, c.url, c.fetched_at, c.file,
  c.offset, c.length, c.digest
FROM articles a JOIN revisions r ON r.id = a.revision_id
JOIN captures c ON c.id = r.capture_id
LEFT JOIN evidence e ON e.article_id = a.id AND e.field IN ('headline', 'published')
ORDER BY a.id LIMIT 20""",
        note="The bytes from `offset` on, `length` long, are one gzip member of the WARC "
        "file: any WARC tool reads them.",
    ),
)

INDEXES = {
    "crawls_site": "the crawls of a site, newest last",
    "captures_url": "all captures of an address",
    "captures_part": "the further pages of an article",
    "routes_site": "the routes of a site",
    "stories_joined": "the stories that have become part of one",
    "articles_site_day": "the articles of a site by day",
    "articles_day": "all articles by day and instant",
    "articles_seen": "what was seen first since some time",
    "articles_revision": "the article that shows a text",
    "articles_story": "the articles of a story",
    "revisions_body": "exact copies of a body",
    "revisions_headline": "texts under the same headline",
    "revisions_capture": "the text that was cut from a capture",
    "urls_article": "all addresses of an article",
    "urls_key": "the addresses that a link may mean",
    "urls_site": "what of a site is due, the longest overdue first",
    "identifiers_article": "what an article is called elsewhere",
    "fetches_capture": "the fetch that brought a capture",
    "rejected_site": "the rejected pages of a site by reason",
    "article_authors_author": "the articles of an author",
    "article_tags_tag": "the articles of a tag",
    "links_key": "who links to an address, and how",
    "images_url": "the articles that show a picture",
    "notices_kind": "all notices of a kind",
    "changes_class": "all changes of a class",
    "recuts_revision": "how often a text was cut anew",
    "states_article": "the states of an article, the current one last",
    "revision_lines_revision": "the lines of a text's page, to replace them",
    "revision_paths_revision": "the paths of a text's page, to replace them",
    "copy_hashes_article": "the hashes of an article, to replace them",
    "copy_recent_article": "the hashes of an article, to replace them",
    "copy_pairs_other": "the pairs of an article whose id is the higher one",
    "idx__sqlite_migrations_migration_set_name": "each step once",
}
"""What each index is for: its SQL cannot carry a comment. SQLite makes further ones for
keys and UNIQUE."""


def guide() -> str:
    """The first part of the document."""
    parts = [INTRODUCTION, "## Questions and their queries\n"]
    parts += [_worked(one) for one in QUESTIONS]
    parts.append("# Tables and views\n")
    return "\n".join(parts)


def _worked(question: Question) -> str:
    """One query as Markdown."""
    note = f"\n{question.note}\n" if question.note else ""
    return f"**{question.asks}**\n\n```sql\n{question.sql};\n```\n{note}"
