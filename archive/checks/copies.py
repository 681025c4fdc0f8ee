"""Laws of copies, stories and the index by which they are found."""

from __future__ import annotations

from archive.checks.faults import Law

COMPARED = "`cuttings reextract` signs and compares the texts anew"
UNSIGNED_SPACES = 40
"""Spaces in a body from which on it surely has five words in a row, and so a hash."""
HASHED = """
(SELECT 1 FROM copy_hashes h WHERE h.article_id = a.id
 UNION ALL SELECT 1 FROM copy_recent h WHERE h.article_id = a.id)
"""

LAWS = (
    Law(
        kind="pair of copies in the wrong order",
        table="copy_pairs",
        query="SELECT article_id, other_id FROM copy_pairs"
        " WHERE article_id >= other_id",
        meaning="The pair may be there twice: copies are then counted double.",
        remedy=COMPARED,
    ),
    Law(
        kind="pair of copies of which neither was first",
        table="copy_pairs",
        query="SELECT article_id, other_id FROM copy_pairs"
        " WHERE first_id NOT IN (article_id, other_id)",
        meaning="Who had the text first is told wrongly.",
        remedy=COMPARED,
    ),
    Law(
        kind="share of a text that is no share",
        table="copy_pairs",
        query="SELECT article_id, other_id FROM copy_pairs WHERE"
        " share NOT BETWEEN 0 AND 1 OR other_share NOT BETWEEN 0 AND 1",
        meaning="How much of the text the two have in common is told wrongly.",
        remedy=COMPARED,
    ),
    Law(
        kind="copies in different stories",
        table="copy_pairs",
        query="SELECT p.article_id, p.other_id FROM copy_pairs p"
        " JOIN articles a ON a.id = p.article_id JOIN articles b ON b.id = p.other_id"
        " WHERE p.relation <> 'none'"
        " AND (a.story_id IS NULL OR a.story_id IS NOT b.story_id)",
        meaning="Two copies count as two stories.",
    ),
    Law(
        kind="article in a story of which it has no copy",
        table="articles",
        query="SELECT a.id FROM articles a WHERE a.story_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM copy_pairs p WHERE p.relation <> 'none'"
        " AND p.article_id = a.id)"
        " AND NOT EXISTS (SELECT 1 FROM copy_pairs p WHERE p.relation <> 'none'"
        " AND p.other_id = a.id) AND EXISTS (SELECT 1 FROM articles b"
        " WHERE b.story_id = a.story_id AND b.id <> a.id)",
        meaning="The article is counted into a story whose text it does not carry.",
    ),
    Law(
        kind="story with a wrong count",
        table="stories",
        query="SELECT s.id FROM stories s WHERE s.articles <> (SELECT count(*)"
        " FROM articles a WHERE a.story_id = s.id)",
        meaning="The story says that it has more or fewer articles than are in it.",
    ),
    Law(
        kind="story with one article",
        table="stories",
        query="SELECT story_id FROM articles WHERE story_id IS NOT NULL"
        " GROUP BY story_id HAVING count(*) = 1",
        meaning="A story is two articles at least.",
    ),
    Law(
        kind="story whose first article is not in it",
        table="stories",
        query="SELECT s.id FROM stories s WHERE (s.articles > 0) <>"
        " (s.first_id IS NOT NULL) OR (s.first_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM articles a WHERE a.id = s.first_id AND a.story_id = s.id))",
        meaning="Who had the story first is told wrongly.",
    ),
    Law(
        kind="joined story that does not lead to a standing one",
        table="stories",
        query="SELECT s.id FROM stories s LEFT JOIN stories o ON o.id = s.joined_id"
        " WHERE s.joined_id IS NOT NULL"
        " AND (s.articles > 0 OR o.id IS NULL OR o.joined_id IS NOT NULL)",
        meaning="The story's number was cited and leads nowhere.",
    ),
    Law(
        kind="text that is not in the index of copies",
        table="copy_hashes",
        query="SELECT a.id FROM articles a JOIN revisions r ON r.id = a.revision_id"  # noqa: S608
        " WHERE length(r.body) - length(replace(r.body, ' ', '')) >="
        f" {UNSIGNED_SPACES} AND NOT EXISTS {HASHED}",
        meaning="Copies of the article are never found. The rows are articles.",
        remedy=COMPARED,
        is_slow=True,
    ),
    Law(
        kind="hash that is in both tables of the index",
        table="copy_recent",
        query="SELECT n.hash, n.article_id FROM copy_recent n JOIN copy_hashes h"
        " ON h.hash = n.hash AND h.article_id = n.article_id",
        meaning="The index cannot be moved together: the next crawl fails to store.",
    ),
    Law(
        kind="text still to be compared",
        table="copies_due",
        query="SELECT article_id FROM copies_due",
        meaning="A crawl is under way, or was stopped or killed before its texts were "
        "compared with the others.",
        remedy="nothing: the end of the next crawl or `cuttings reextract` does it",
        is_damage=False,
    ),
)
