"""The views as SQL, part of m001 in migrations.py."""

from __future__ import annotations

VIEWS = """
CREATE VIEW full_articles AS
  -- Every article with its newest text on one row, for reading in SQL and pandas.
  SELECT a.id, a.site, s.title AS publication, a.url, a.headline, a.headline AS title,
    a.standfirst, r.body AS text, a.published_on, a.published_at, a.updated_at,
    (SELECT group_concat(name, '; ') FROM (SELECT n.name FROM article_authors j
      JOIN authors n ON n.id = j.author_id WHERE j.article_id = a.id
      ORDER BY j.position)) AS authors,
    a.section, a.section_path, a.kind, a.access,
    (SELECT group_concat(name, '; ') FROM (SELECT n.name FROM article_tags j
      JOIN tags n ON n.id = j.tag_id WHERE j.article_id = a.id
      ORDER BY j.position)) AS tags,
    a.language, a.word_count, r.number AS revision, a.first_seen_at, a.last_seen_at,
    coalesce((SELECT t.state FROM states t WHERE t.article_id = a.id
      ORDER BY t.id DESC LIMIT 1), iif(a.access = 'open', 'here', a.access)) AS state,
    (SELECT t.first_seen_at FROM states t WHERE t.article_id = a.id
      ORDER BY t.id DESC LIMIT 1) AS state_since,
    a.story_id
  FROM articles a JOIN sites s ON s.name = a.site JOIN revisions r ON r.id = a.revision_id;

CREATE VIEW copies AS
  -- Pairs of articles that carry the same text wholly or largely; each pair in both directions.
  SELECT p.article_id, p.other_id AS copy_id, b.site AS copy_site, p.share,
    p.other_share AS copy_share, p.relation, p.evidence, p.first_id
  FROM copy_pairs p JOIN articles b ON b.id = p.other_id WHERE p.relation <> 'none'
  UNION ALL
  SELECT p.other_id, p.article_id, a.site, p.other_share, p.share, p.relation,
    p.evidence, p.first_id
  FROM copy_pairs p JOIN articles a ON a.id = p.article_id WHERE p.relation <> 'none';

CREATE VIEW search_source AS
  -- What the search index holds: the newest text of each article; facets are words such as year2019.
  SELECT a.id, a.headline, a.standfirst, r.body,
    'site' || replace(replace(a.site, '-', ''), '_', '') || ' year'
      || coalesce(substr(a.published_on, 1, 4), '0000') AS facets
  FROM articles a JOIN revisions r ON r.id = a.revision_id;
"""
