"""The table of links and the views of their graph as SQL, part of m001 in migrations.py."""

from __future__ import annotations

OWN = """({0}.relation <> 'canonical' OR {0}.url = (
    SELECT h.url FROM articles h WHERE h.id = {0}.article_id))"""
"""An address that an article only claims counts as long as nothing else claims it, for
only then is it the article's own."""
LEADS = f"""u.key = l.key AND {OWN.format("u")} AND NOT EXISTS (
    SELECT 1 FROM urls c WHERE c.key = u.key AND c.url <> u.url AND {OWN.format("c")}
      AND (c.url <> l.url, c.relation = 'canonical', c.url)
        < (u.url <> l.url, u.relation = 'canonical', u.url))"""  # noqa: S608 - ours
"""Whether the link `l` leads to the archived address `u`: of those with its key the one
that is spelled alike if there is one, else the first that was fetched."""

LINKS = """
CREATE TABLE links (
  -- Links that article pages carry, kept as links and never as text, for each revision as of the page that it was cut from. The view article_links has those of newest texts that lead to archived articles.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- the revision whose page carries it
  position INTEGER NOT NULL, -- order on the page
  role TEXT NOT NULL, -- inline (in the text), related (a list or pointer that names other articles), teaser (beside the article, mostly chosen by a machine) or sponsored
  url TEXT NOT NULL, -- target as written on the page, absolute
  text TEXT NOT NULL, -- anchor text
  key INTEGER, -- number of the target's address, as urls.key; NULL where the address cannot be read
  is_list INTEGER NOT NULL DEFAULT 0, -- 1 where address or anchor text are those of a list of articles (a section, tag, author or month); outside the text also where the anchor text has two words or fewer, which is no headline
  PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_key ON links(key, role);
"""

LINK_VIEWS = f"""
CREATE VIEW article_links AS
  -- The graph of articles that link to each other: every link of a newest text that leads to another archived article, at whatever address. docs/links.md says how targets are found.
  SELECT s.id AS article_id, s.site, s.headline, s.published_on, l.role, l.position,
    l.text, l.url, t.id AS target_id, t.site AS target_site,
    t.headline AS target_headline, t.published_on AS target_published_on
  FROM links l JOIN articles s ON s.revision_id = l.revision_id
  JOIN urls u ON {LEADS}
  JOIN articles t ON t.id = u.article_id
  WHERE t.id <> s.id;

CREATE VIEW link_counts AS
  -- For each article how many other archived articles link to it, and to how many it links; computed when it is read.
  SELECT a.id AS article_id, a.site, a.headline, a.published_on,
    (SELECT count(DISTINCT e.article_id) FROM article_links e
      WHERE e.target_id = a.id) AS linked_from,
    (SELECT count(DISTINCT e.article_id) FROM article_links e
      WHERE e.target_id = a.id AND e.role = 'inline') AS linked_from_text,
    (SELECT count(DISTINCT e.article_id) FROM article_links e
      WHERE e.target_id = a.id AND e.role = 'related') AS linked_from_related,
    (SELECT count(DISTINCT e.target_id) FROM article_links e
      WHERE e.article_id = a.id) AS links_to
  FROM articles a;
"""  # noqa: S608 - ours
