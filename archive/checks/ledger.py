"""Laws of crawls, fetches and rejected pages; of site memory too."""

from __future__ import annotations

from archive.checks.faults import NEXT_CRAWL, Law
from archive.ledger import OUTCOMES

PARTS = " + ".join(("known", "left_over", *OUTCOMES))
COUNTS = ", ".join(
    f"(SELECT count(*) FROM fetches f WHERE f.crawl_id = c.id AND outcome = '{name}')"  # noqa: S608
    for name in OUTCOMES
)
SHOWS = "('stored', 'revised', 'unchanged', 'alias')"
"""Outcomes of a page that shows an article."""

LAWS = (
    Law(
        kind="crawl whose counts do not add up",
        table="crawls",
        query=f"SELECT id FROM crawls WHERE finish IS NOT NULL AND found <> {PARTS}",  # noqa: S608
        meaning="The crawl found more or fewer addresses than it gives an account of.",
    ),
    Law(
        kind="crawl whose counts are not those of its fetches",
        table="crawls",
        query=f"SELECT id FROM crawls c WHERE finish IS NOT NULL"  # noqa: S608
        f" AND ({', '.join(OUTCOMES)}) <> ({COUNTS})",
        meaning="What `cuttings status` tells of the crawl is not what it did.",
    ),
    Law(
        kind="crawl that is half ended",
        table="crawls",
        query="SELECT id FROM crawls WHERE (finish IS NULL) <> (finished_at IS NULL)"
        " OR finished_at < started_at",
        meaning="Nobody can tell whether, or when, the crawl ended.",
    ),
    Law(
        kind="crawl without an end",
        table="crawls",
        query="SELECT c.id FROM crawls c WHERE c.finish IS NULL",
        meaning="It is under way, or was killed. What it acknowledged is kept.",
        remedy=NEXT_CRAWL,
        is_damage=False,
    ),
    Law(
        kind="fetch of an article that leads to none",
        table="fetches",
        query=f"SELECT crawl_id, url FROM fetches WHERE"  # noqa: S608
        f" (outcome IN {SHOWS}) <> (article_id IS NOT NULL)",
        meaning="A page was counted as an article's and shows none, or the reverse.",
    ),
    Law(
        kind="fetch without a reason",
        table="fetches",
        query="SELECT crawl_id, url FROM fetches WHERE outcome IN ('rejected',"
        " 'failed', 'disallowed') AND coalesce(reason, '') = ''",
        meaning="A page was not taken and nobody knows why.",
    ),
    Law(
        kind="fetched address that is not known",
        table="fetches",
        query="SELECT crawl_id, url FROM fetches"
        " WHERE url NOT IN (SELECT url FROM urls)",
        meaning="The address was fetched, is not known as seen, and will be fetched "
        "again at every crawl.",
    ),
    Law(
        kind="rejected page that shows an article",
        table="rejected",
        query="SELECT j.url FROM rejected j JOIN urls u ON u.url = j.url"
        " WHERE u.outcome IN ('stored', 'revised')",
        meaning="The page counts as an article and as none.",
    ),
    Law(
        kind="rejected page without a reason",
        table="rejected",
        query="SELECT url FROM rejected WHERE reason = ''",
        meaning="A page was not taken and nobody knows why.",
    ),
    Law(
        kind="rejected page whose address is not known",
        table="rejected",
        query="SELECT url FROM rejected WHERE url NOT IN (SELECT url FROM urls)",
        meaning="The page will be fetched again at every crawl.",
    ),
    Law(
        kind="verdict of a later version than the site's memory",
        table="memory",
        query="SELECT m.site, m.line FROM memory m JOIN sites s ON s.name = m.site"
        " WHERE m.version > s.memory",
        meaning="Texts that hold the line would be cut again at every crawl.",
    ),
    Law(
        kind="site settled to a crawl that there is not",
        table="sites",
        query="SELECT name FROM sites WHERE settled_to >"
        " (SELECT coalesce(max(id), 0) FROM crawls)",
        meaning="New articles of the site are not cut from their own addresses' pages.",
    ),
)
