"""Laws of articles, their revisions, what these changed, and their states."""

from __future__ import annotations

from archive.checks.faults import REEXTRACT, Law

LAWS = (
    Law(
        kind="article without a text",
        table="articles",
        query="SELECT id FROM articles WHERE revision_id IS NULL"
        " OR revision_id NOT IN (SELECT id FROM revisions)",
        meaning="The article is in lists and has nothing to read; search and "
        "full_articles leave it out.",
    ),
    Law(
        kind="article that shows another text than its newest",
        table="articles",
        query="SELECT a.id FROM articles a JOIN revisions s ON s.id = a.revision_id"
        " WHERE s.id IS NOT (SELECT r.id FROM revisions r WHERE r.article_id = a.id"
        " ORDER BY r.number DESC LIMIT 1)",
        meaning="Readers see an old text, or another article's, as the newest.",
    ),
    Law(
        kind="article with another headline than its text",
        table="articles",
        query="SELECT a.id FROM articles a JOIN revisions r ON r.id = a.revision_id"
        " WHERE a.headline <> r.headline OR a.standfirst IS NOT r.standfirst",
        meaning="Lists show another headline or standfirst than the article's page.",
        remedy=REEXTRACT,
    ),
    Law(
        kind="article seen last before it was seen first",
        table="articles",
        query="SELECT id FROM articles WHERE last_seen_at < first_seen_at",
        meaning="One of the two times is wrong.",
    ),
    Law(
        kind="article whose own address does not lead to it",
        table="articles",
        query="SELECT a.id FROM articles a LEFT JOIN urls u ON u.url = a.url"
        " WHERE u.article_id IS NOT a.id",
        meaning="A crawl that comes to the article's address takes it for a new one, "
        "or for another one.",
    ),
    Law(
        kind="article without an address that was fetched",
        table="articles",
        query="SELECT a.id FROM articles a WHERE NOT EXISTS (SELECT 1 FROM urls u"
        " WHERE u.article_id = a.id AND u.relation = 'fetched')",
        meaning="Nothing says where the article was read, and it is never looked at "
        "again.",
    ),
    Law(
        kind="revisions not numbered from 1 without a gap",
        table="revisions",
        query="SELECT article_id FROM revisions GROUP BY article_id"
        " HAVING min(number) <> 1 OR max(number) <> count(*)",
        meaning="A text of the article is missing from its history. The rows are "
        "articles.",
    ),
    Law(
        kind="revision without a capture",
        table="revisions",
        query="SELECT id FROM revisions WHERE capture_id IS NULL"
        " OR capture_id NOT IN (SELECT id FROM captures)",
        meaning="The text cannot be traced to the bytes that it was cut from, and "
        "never be cut better.",
    ),
    Law(
        kind="revision whose body is not that of its blocks",
        table="revisions",
        query="SELECT r.id FROM revisions r WHERE json_valid(r.blocks) AND r.body <>"
        " coalesce((SELECT group_concat(json_extract(b.value, '$[2]'), char(10))"
        " FROM json_each(r.blocks) b), '')",
        meaning="Search and readers see different texts of one revision.",
        remedy=REEXTRACT,
        is_slow=True,
    ),
    Law(
        kind="revision that does not say what it changed",
        table="revisions",
        query="SELECT id FROM revisions WHERE number > 1 AND words_changed IS NULL",
        meaning="Counts of edits are too low.",
    ),
    Law(
        kind="change of a first revision",
        table="changes",
        query="SELECT c.revision_id, c.position FROM changes c"
        " JOIN revisions r ON r.id = c.revision_id WHERE r.number = 1",
        meaning="An edit is counted that was none: there was no text before it.",
    ),
    Law(
        kind="state that follows the same state",
        table="states",
        query="SELECT s.id FROM states s WHERE s.state = coalesce((SELECT b.state"
        " FROM states b WHERE b.article_id = s.article_id AND b.id < s.id"
        " ORDER BY b.id DESC LIMIT 1), 'here')",
        meaning="One spell of being gone or behind a wall is counted twice, or an "
        "article is said to be back that never was away.",
    ),
    Law(
        kind="state that ends before it begins",
        table="states",
        query="SELECT id FROM states WHERE last_seen_at < first_seen_at",
        meaning="One of its two times is wrong.",
    ),
    Law(
        kind="article that has been cut from another page than its own",
        table="revisions",
        query="SELECT id FROM revisions WHERE memory < 0",
        meaning="A run that was stopped or killed has left it to be cut again.",
        remedy="nothing: the next crawl or `cuttings reextract` does it",
        is_damage=False,
    ),
)
