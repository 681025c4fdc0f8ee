"""The tables of copies and stories as SQL, part of m001 in migrations.py."""

from __future__ import annotations

COPIES = """
CREATE TABLE copy_hashes (
  -- Index of texts: which articles' newest texts hold which runs of five words, about one run of thirteen.
  hash INTEGER NOT NULL, -- 64 bits of a digest of five words in a row
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- whose newest text holds it
  PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_hashes_article ON copy_hashes(article_id);

CREATE TABLE copy_recent (
  -- The same of the articles stored last; moved into copy_hashes many at a time.
  hash INTEGER NOT NULL, -- as copy_hashes.hash
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- as copy_hashes.article_id
  PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_recent_article ON copy_recent(article_id);

CREATE TABLE copies_due (
  -- Articles whose newest text is still to be compared with the others; empty after a crawl that ended.
  article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE -- which article
) STRICT;

CREATE TABLE copy_pairs (
  -- Each two articles of which one text holds much of the other, once; copies, and what looked like copies and is none.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- one article, the lower id
  other_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the other article
  share REAL NOT NULL, -- share of the one's runs of five words that the other has too, 0 to 1, standing text left out
  other_share REAL NOT NULL, -- the same share of the other's
  relation TEXT NOT NULL, -- identical (word for word), syndicated, republished (its text says where from), excerpt (less than half of the longer one), press_release, later_version (under a new address of the same site), or none: no copy
  evidence TEXT NOT NULL, -- what says so, for a person
  first_id INTEGER NOT NULL, -- which of the two was published first, else seen first
  PRIMARY KEY (article_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_pairs_other ON copy_pairs(other_id);
"""
