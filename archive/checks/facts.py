"""Laws of what is told of articles: authors, tags, links, pictures, addresses."""

from __future__ import annotations

from archive.checks.faults import Law

LISTED = ("article_authors", "article_tags", "links", "images", "notices", "changes")
"""Tables with a position that counts from 0 for each owner."""
OF_REVISIONS = frozenset(("links", "changes"))


def _gap(table: str) -> Law:
    owner = "revision_id" if table in OF_REVISIONS else "article_id"
    return Law(
        kind="list with a gap",
        table=table,
        query=f"SELECT {owner} FROM {table} GROUP BY {owner}"  # noqa: S608 - ours
        " HAVING min(position) <> 0 OR max(position) <> count(*) - 1",
        meaning="An entry of the list is missing. The rows are its owners.",
    )


def _unused(kind: str) -> Law:
    return Law(
        kind=f"{kind} of no article",
        table=f"{kind}s",
        query=f"SELECT id FROM {kind}s WHERE NOT EXISTS (SELECT 1 FROM"  # noqa: S608
        f" article_{kind}s j WHERE j.{kind}_id = {kind}s.id)",
        meaning=f"Counts of {kind}s are too high, and its page lists nothing.",
    )


LAWS = (
    *map(_gap, LISTED),
    _unused("author"),
    _unused("tag"),
    Law(
        kind="article without evidence",
        table="evidence",
        query="SELECT a.id FROM articles a JOIN revisions r ON r.id = a.revision_id"
        " WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.article_id = a.id)",
        meaning="Nothing says which witness gave the article's fields.",
        remedy="`cuttings reextract` after its extractor has changed tells it anew",
    ),
    Law(
        kind="picture behind the end of its text",
        table="images",
        query="SELECT i.article_id, i.position FROM images i"
        " JOIN articles a ON a.id = i.article_id"
        " JOIN revisions r ON r.id = a.revision_id"
        " WHERE i.after_block < 0 OR (json_valid(r.blocks)"
        " AND i.after_block > json_array_length(r.blocks))",
        meaning="The picture belongs to another text than the article's newest.",
        remedy="`cuttings reextract` cuts the text and its pictures again",
        is_slow=True,
    ),
    Law(
        kind="address of an outcome that needs an article and has none",
        table="urls",
        query="SELECT url FROM urls WHERE article_id IS NULL"
        " AND (outcome IN ('stored', 'revised', 'unchanged', 'alias', 'claimed')"
        " OR relation <> 'fetched')",
        meaning="The address counts as known and leads nowhere: its page is not "
        "fetched as a new one.",
    ),
    Law(
        kind="address that was fetched at no time",
        table="urls",
        query="SELECT url FROM urls WHERE (outcome = 'claimed') <>"
        " (fetched_at IS NULL)",
        meaning="Nothing says when its outcome was found, or a claimed address says "
        "that it was fetched.",
    ),
)
