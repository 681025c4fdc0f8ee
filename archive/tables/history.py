"""The tables of what became of articles, as SQL; part of m001 in migrations.py."""

from __future__ import annotations

HISTORY = """
CREATE TABLE changes (
  -- What each revision changed against the one before it, one row for each piece of evidence; docs/revisions.md says how each class is told.
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- the newer revision of the two
  position INTEGER NOT NULL, -- order: by field, then as in the text
  class TEXT NOT NULL, -- headline, standfirst, byline, date, correction (a notice), figure, name, quotation, typo, wording, added (a passage), removed (a passage) or wholesale
  field TEXT NOT NULL, -- headline, standfirst, body, byline or published
  before TEXT, -- the words that went, cut at 1,000 characters; NULL if none did
  after TEXT, -- the words that came; NULL if none did; of wholesale, how many words of how many
  sure TEXT NOT NULL, -- certain, likely or weak: how sure the class is
  PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_class ON changes(class);

CREATE TABLE recuts (
  -- One row each time a stored text was cut anew from the same capture and came out otherwise: no revision, the article did not change.
  id INTEGER PRIMARY KEY, -- grows with time
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- whose cut was replaced
  at TEXT NOT NULL, -- UTC instant of the new cut
  fields TEXT NOT NULL, -- JSON list of the fields that came out otherwise
  extractor TEXT NOT NULL, -- name and version of what cut it anew
  memory INTEGER NOT NULL, -- version of the site memory that it was cut with
  profile TEXT NOT NULL DEFAULT '', -- digest of what the site's profile said to it, as in revisions
  old_extractor TEXT NOT NULL, -- what had cut it before
  old_memory INTEGER NOT NULL, -- version of the site memory before; -1 where it was to be cut again whatever is remembered
  old_profile TEXT NOT NULL DEFAULT '' -- digest of the profile before
) STRICT;
CREATE INDEX recuts_revision ON recuts(revision_id);

CREATE TABLE states (
  -- What became of articles at their addresses, one row for each spell; an article without rows has always been there. Nothing is deleted: an article that is gone keeps its text.
  id INTEGER PRIMARY KEY, -- grows with time: the highest of an article is its current state
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  state TEXT NOT NULL, -- gone, paywalled or truncated (the page shows less than the archive has), or here: back again
  evidence TEXT NOT NULL, -- what says so, for a person
  url TEXT NOT NULL, -- the address that showed it
  first_seen_at TEXT NOT NULL, -- UTC instant of the fetch that found it so
  last_seen_at TEXT NOT NULL -- UTC instant of the last fetch that found it still so
) STRICT;
CREATE INDEX states_article ON states(article_id);

CREATE VIEW edits AS
  -- Every revision after the first with the classes of what it changed, for counting and for following a site.
  SELECT r.id AS revision_id, r.article_id, a.site, a.url, r.number, r.seen_at,
    (SELECT group_concat(class, ', ') FROM (SELECT DISTINCT c.class FROM changes c
      WHERE c.revision_id = r.id ORDER BY c.position)) AS classes,
    r.words_added, r.words_removed, r.words_changed, r.headline, a.published_on
  FROM revisions r JOIN articles a ON a.id = r.article_id WHERE r.number > 1;
"""
