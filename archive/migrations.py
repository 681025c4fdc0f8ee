"""The schema, as append-only migrations; a database goes in, an up-to-date one comes out.

Never edit a migration that has been released: add the next one. The comment behind
each column, and the first comment inside each table, is its documentation:
archive/schema.py reads them for docs/schema.md and for Datasette.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from archive.tables.copies import COPIES
from archive.tables.history import HISTORY
from archive.tables.links import LINK_VIEWS, LINKS
from archive.tables.views import VIEWS

migrations = Migrations("cuttings")

CATALOGUE = """
CREATE TABLE sites (
  -- One row for each publication that has been crawled.
  name TEXT PRIMARY KEY, -- name of its profile; the host for a crawl without one
  title TEXT NOT NULL, -- as shown to readers
  home TEXT NOT NULL, -- home page, absolute URL; empty for a title that is known from imported texts only
  language TEXT, -- BCP 47; NULL if the profile does not say
  timezone TEXT, -- IANA name used for times without offset; NULL means UTC
  verified INTEGER NOT NULL DEFAULT 0, -- 1 once the profile has been tried live
  memory INTEGER NOT NULL DEFAULT 0, -- version of its site memory; grows whenever something else is learned
  learned_to INTEGER NOT NULL DEFAULT 0, -- newest revision that memory has been learned from; -1 where it is to be learned from all of them again
  settled_to INTEGER NOT NULL DEFAULT 0 -- newest crawl whose articles have been cut from their leading addresses
) STRICT;

CREATE TABLE crawls (
  -- One row for each site and run. found = known + stored + revised + unchanged + alias + rejected + failed + disallowed + left_over. An import is a run too; one of WARC files is as many as the most often captured address of the site has captures.
  id INTEGER PRIMARY KEY, -- grows with time
  site TEXT NOT NULL REFERENCES sites(name), -- which site
  kind TEXT NOT NULL DEFAULT 'crawl', -- crawl, or import of texts or WARC files that somebody had
  started_at TEXT NOT NULL, -- UTC instant
  finished_at TEXT, -- UTC instant; NULL while running, and for ever if the run was killed
  finish TEXT, -- finished, stopped (by a person or a limit) or failed; NULL as above
  found INTEGER NOT NULL DEFAULT 0, -- distinct URLs of articles that the routes named
  known INTEGER NOT NULL DEFAULT 0, -- of these: already archived and not due, so not fetched
  stored INTEGER NOT NULL DEFAULT 0, -- new articles
  revised INTEGER NOT NULL DEFAULT 0, -- articles whose text had changed
  unchanged INTEGER NOT NULL DEFAULT 0, -- fetched again, text the same (or answered 304)
  alias INTEGER NOT NULL DEFAULT 0, -- further addresses of articles already archived
  rejected INTEGER NOT NULL DEFAULT 0, -- pages that are no article; reasons in rejected
  failed INTEGER NOT NULL DEFAULT 0, -- no usable answer; reasons in fetches
  disallowed INTEGER NOT NULL DEFAULT 0, -- forbidden by robots.txt or a private address
  left_over INTEGER NOT NULL DEFAULT 0, -- found but not tried: stopped early or over the site's limit
  requests INTEGER NOT NULL DEFAULT 0, -- HTTP requests sent, routes, robots.txt and retries included
  problems TEXT NOT NULL DEFAULT '[]', -- JSON list of what went wrong with routes, as text; of an import what was lost of its files
  routes INTEGER NOT NULL DEFAULT 0, -- answers of feeds, sitemaps, section pages and APIs
  routes_unchanged INTEGER NOT NULL DEFAULT 0, -- of these: 304, the same as in the crawl before; what they name is not counted as found
  rules TEXT -- digest of the rules that chose which addresses are articles; NULL as above
) STRICT;
CREATE INDEX crawls_site ON crawls(site, id);

CREATE TABLE captures (
  -- One row for each response or imported text kept in the WARC files, written before anything is parsed.
  id INTEGER PRIMARY KEY, -- grows with time
  site TEXT NOT NULL REFERENCES sites(name), -- which site
  url TEXT NOT NULL, -- address that answered (WARC-Target-URI)
  status INTEGER NOT NULL, -- HTTP status; 0 for an imported text
  content_type TEXT, -- Content-Type header; NULL if none was sent
  fetched_at TEXT NOT NULL, -- UTC instant of the response, or of the import of a text
  file TEXT NOT NULL, -- WARC file in the captures folder
  offset INTEGER NOT NULL, -- first byte of the record
  length INTEGER NOT NULL, -- bytes of the compressed record
  digest TEXT NOT NULL, -- SHA-1 of the payload as sent, base32 (WARC-Payload-Digest)
  passed TEXT NOT NULL DEFAULT '[]', -- JSON list of the addresses that redirected to it, the one asked for first
  hints TEXT NOT NULL DEFAULT '[]', -- JSON list of what the routes said of the page, kept for re-extraction; of an imported text its file and format
  kind TEXT NOT NULL DEFAULT 'response', -- WARC-Type: response (a server sent it) or resource (a text that was imported)
  part_of INTEGER REFERENCES captures(id), -- of a further page of an article: the capture of its first page, fetched just before; NULL for any other
  UNIQUE (file, offset)
) STRICT;
CREATE INDEX captures_url ON captures(url);
CREATE INDEX captures_part ON captures(part_of) WHERE part_of IS NOT NULL;

CREATE TABLE routes (
  -- What is known of each feed, sitemap, section page and API answer.
  url TEXT PRIMARY KEY, -- absolute URL
  site TEXT NOT NULL REFERENCES sites(name), -- which site
  kind TEXT NOT NULL, -- feed, sitemap, section or wordpress
  fetched_at TEXT NOT NULL, -- UTC instant of the last answer
  status INTEGER NOT NULL, -- its HTTP status
  entries INTEGER NOT NULL DEFAULT 0, -- articles it named
  etag TEXT, -- for the next conditional request; set only after a crawl that left nothing over and had no problem, and never for a route that names further ones
  last_modified TEXT, -- as etag
  problem TEXT, -- what was wrong with the answer; NULL if nothing
  named BLOB, -- addresses that it named in the last crawl that left nothing over, in order, one a line, compressed with zlib; an article that is no longer among them is looked at again
  rules TEXT NOT NULL DEFAULT '' -- digest of the rules by which its entries were chosen; etag and last_modified hold for these only
) STRICT;
CREATE INDEX routes_site ON routes(site);
"""

ARTICLES = """
CREATE TABLE stories (
  -- One row for each number that a story ever had: articles that carry the same text wholly or largely.
  id INTEGER PRIMARY KEY, -- never given twice
  joined_id INTEGER REFERENCES stories(id), -- the older story that it has become part of; NULL if it stands
  articles INTEGER NOT NULL, -- how many are in it; 0 if it has been joined or has fallen apart
  first_id INTEGER -- the article of it that was published first, else seen first; NULL if it has none
) STRICT;
CREATE INDEX stories_joined ON stories(joined_id) WHERE joined_id IS NOT NULL;

CREATE TABLE articles (
  -- One row for each piece of journalism, whatever number of addresses it has had. The text is in revisions; full_articles joins the two.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused, never changed
  site TEXT NOT NULL REFERENCES sites(name), -- the title that published it
  url TEXT NOT NULL UNIQUE, -- canonical URL
  headline TEXT NOT NULL, -- as of the newest revision
  standfirst TEXT, -- paragraph under the headline; NULL if it has none
  published_on TEXT, -- day of publication in the site's time zone, YYYY-MM-DD; NULL if unknown
  published_at TEXT, -- instant of publication in UTC; NULL where only the day is known
  published_zone TEXT, -- zone or offset in which the site stated it
  published_precision TEXT, -- second, minute or day
  updated_on TEXT, -- day of the last update as stated; NULL if not stated
  updated_at TEXT, -- instant of that in UTC; NULL where only the day is known
  section TEXT, -- section as the site names it
  section_path TEXT, -- the sections that the page names, broadest first, joined by " > "; NULL without any
  kind TEXT NOT NULL DEFAULT 'news', -- news, opinion, interview, analysis, review, sponsored, press_release, live, podcast or event
  kind_evidence TEXT NOT NULL DEFAULT 'nothing says otherwise', -- what says that it is of this kind
  language TEXT, -- BCP 47, lower case
  word_count INTEGER NOT NULL, -- words of the body
  image_url TEXT, -- lead image
  image_caption TEXT, -- its caption, without the credit
  image_credit TEXT, -- its credit
  image_licence TEXT, -- its licence as printed, such as CC BY 2.0
  access TEXT NOT NULL DEFAULT 'open', -- open; paywalled (the page shows a part, a wall stands before the rest) or truncated (it breaks off or points to the rest)
  access_evidence TEXT, -- why the page is said to show a part only; NULL if open
  revision_id INTEGER REFERENCES revisions(id), -- the newest revision
  story_id INTEGER REFERENCES stories(id), -- the story that it is in; NULL if no other article carries its text
  first_seen_at TEXT NOT NULL, -- UTC instant of the first capture
  last_seen_at TEXT NOT NULL -- UTC instant of the last answer that still had it
) STRICT;
CREATE INDEX articles_site_day ON articles(site, published_on);
CREATE INDEX articles_day ON articles(published_on, published_at);
CREATE INDEX articles_seen ON articles(first_seen_at);
CREATE INDEX articles_revision ON articles(revision_id);
CREATE INDEX articles_story ON articles(story_id) WHERE story_id IS NOT NULL;

CREATE TABLE revisions (
  -- One row for each distinct text of an article, numbered from 1; none is ever deleted.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- grows with time, never given twice
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- whose text
  number INTEGER NOT NULL, -- 1 is the first text seen
  headline TEXT NOT NULL, -- as of this revision
  standfirst TEXT, -- as of this revision
  body TEXT NOT NULL, -- plain text, one block a line, no furniture
  blocks TEXT NOT NULL, -- JSON list of [kind, level, text]: paragraph, subhead, quote, list_item, numbered_item, table_row; and of [entry, 0, text, UTC instant or null, author or null] where an entry of a live blog begins
  text_digest TEXT NOT NULL, -- versioned digest of headline, standfirst and body
  body_digest TEXT NOT NULL, -- versioned digest of the words of the body; equal on exact copies
  headline_digest TEXT NOT NULL, -- versioned digest of the words of the headline
  capture_id INTEGER REFERENCES captures(id), -- the capture it was cut from
  extractor TEXT NOT NULL, -- name, version and digest of the rules of what cut it
  memory INTEGER NOT NULL DEFAULT 0, -- version of the site memory that it was cut with; -1 where it is to be cut again
  profile TEXT NOT NULL DEFAULT '', -- digest of what the site's profile said to the extractor; empty if unknown
  seen_at TEXT NOT NULL, -- UTC instant at which this text was first seen
  byline TEXT NOT NULL DEFAULT '[]', -- JSON list of the authors' names as of this revision, in order
  published_on TEXT, -- day of publication as of this revision; NULL if unknown
  published_at TEXT, -- instant of it in UTC; NULL where only the day is known
  access TEXT NOT NULL DEFAULT 'open', -- how much of the article its page showed, as in articles
  hinted TEXT NOT NULL DEFAULT '[]', -- JSON list of what only a route said, no page: headline, standfirst, body, authors or published; it is not compared
  words_added INTEGER, -- words of headline, standfirst and body that the revision before did not have; NULL for the first
  words_removed INTEGER, -- words that it had and this one has not; NULL for the first
  words_changed INTEGER, -- of words that took each other's place the larger number, and all others; 0 where texts that once differed are the same as they are cut today; NULL for the first
  UNIQUE (article_id, number)
) STRICT;
CREATE INDEX revisions_body ON revisions(body_digest);
CREATE INDEX revisions_capture ON revisions(capture_id);
CREATE INDEX revisions_headline ON revisions(headline_digest);

CREATE TABLE urls (
  -- Every address that was fetched or claimed, and what it led to; this is what "seen" means.
  url TEXT PRIMARY KEY, -- normalised address
  site TEXT NOT NULL REFERENCES sites(name), -- which site
  article_id INTEGER REFERENCES articles(id), -- the article it shows; NULL if none
  relation TEXT NOT NULL, -- fetched, redirect (led to the article), canonical (claimed by the page, not fetched), part (a further page of the article, fetched with its first page)
  outcome TEXT NOT NULL, -- of the last fetch, as in fetches; claimed if it was never fetched
  first_seen_at TEXT NOT NULL, -- UTC instant at which it was first fetched or claimed
  last_seen_at TEXT, -- UTC instant of the last answer by which it was its article's: showed it, led to it or was claimed by it; NULL if none was
  fetched_at TEXT, -- UTC instant of the last fetch; NULL if never fetched
  due_at TEXT, -- UTC instant from which it may be fetched again; NULL: never by itself
  etag TEXT, -- for a conditional request
  last_modified TEXT, -- for a conditional request
  stated_at TEXT, -- UTC instant of the newest change that a route had stated when it was last fetched; NULL if none did
  failures INTEGER NOT NULL DEFAULT 0, -- failed fetches in a row
  key INTEGER -- number by which links find it: 64 bits of a digest of the address without what spellings of one page differ in (scheme, www., last slash, tracking, marks of AMP and print views); NULL if it never led to an article
) STRICT;
CREATE INDEX urls_article ON urls(article_id);
CREATE INDEX urls_site ON urls(site, due_at);
CREATE INDEX urls_key ON urls(key, url, relation, article_id) WHERE key IS NOT NULL;

CREATE TABLE identifiers (
  -- What feeds and content management systems call an article by, apart from its addresses (RSS guid, Atom id, number of a post, rel=shortlink): it stays when an address changes.
  site TEXT NOT NULL REFERENCES sites(name), -- which site
  identifier TEXT NOT NULL, -- as the route states it
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the article
  first_seen_at TEXT NOT NULL, -- UTC instant of the first fetch for which it was stated
  last_seen_at TEXT NOT NULL, -- UTC instant of the last one
  PRIMARY KEY (site, identifier, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX identifiers_article ON identifiers(article_id);

CREATE TABLE fetches (
  -- What became of each URL in each crawl, exactly one row each.
  crawl_id INTEGER NOT NULL REFERENCES crawls(id), -- which run
  url TEXT NOT NULL, -- normalised address that was asked for
  outcome TEXT NOT NULL, -- stored, revised, unchanged, alias, rejected, failed or disallowed
  reason TEXT, -- why, for rejected, failed and disallowed; of an imported page that is older than what the archive has, that it is
  status INTEGER, -- HTTP status of the last answer; NULL if there was none
  article_id INTEGER REFERENCES articles(id), -- the article it led to
  capture_id INTEGER REFERENCES captures(id), -- the bytes it brought
  at TEXT NOT NULL, -- UTC instant
  PRIMARY KEY (crawl_id, url)
) STRICT, WITHOUT ROWID;
CREATE INDEX fetches_capture ON fetches(capture_id) WHERE capture_id IS NOT NULL;

CREATE TABLE rejected (
  -- Pages that were captured but are no article, with the reason; nothing is dropped in silence.
  url TEXT PRIMARY KEY, -- normalised address
  site TEXT NOT NULL REFERENCES sites(name), -- which site
  reason TEXT NOT NULL, -- such as "no text", "index page", "login wall", "not found page", "not HTML"
  detail TEXT, -- the evidence for it
  title TEXT, -- what the page calls itself
  capture_id INTEGER REFERENCES captures(id), -- its bytes
  extractor TEXT NOT NULL DEFAULT '', -- what judged it, as in revisions; empty if unknown
  profile TEXT NOT NULL DEFAULT '', -- as in revisions
  rejected_at TEXT NOT NULL -- UTC instant
) STRICT;
CREATE INDEX rejected_site ON rejected(site, reason);
"""

FACTS = """
CREATE TABLE authors (
  -- Names found in bylines.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- used by article_authors; never given twice
  name TEXT NOT NULL UNIQUE, -- as printed
  kind TEXT NOT NULL DEFAULT 'person' -- person, agency (a news agency) or organisation, as its words tell
) STRICT;
CREATE TABLE article_authors (
  -- Who wrote which article, in the order of the byline.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  position INTEGER NOT NULL, -- 0 is the first name
  author_id INTEGER NOT NULL REFERENCES authors(id), -- which author
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_authors_author ON article_authors(author_id);

CREATE TABLE tags (
  -- Labels that sites put on articles.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- used by article_tags; never given twice
  name TEXT NOT NULL UNIQUE -- as printed
) STRICT;
CREATE TABLE article_tags (
  -- Which article carries which tag.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  position INTEGER NOT NULL, -- 0 is the first tag shown
  tag_id INTEGER NOT NULL REFERENCES tags(id), -- which tag
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tags_tag ON article_tags(tag_id);

CREATE TABLE images (
  -- Pictures of an article, as links with their words; the files are the publishers' and are not kept.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  position INTEGER NOT NULL, -- order on the page, the lead image first
  role TEXT NOT NULL, -- lead, or inline: it stands in the text
  url TEXT NOT NULL, -- address of the picture, absolute
  caption TEXT, -- what it shows, as printed, without credit and licence
  credit TEXT, -- who made it or owns it
  licence TEXT, -- as printed, such as CC BY 2.0; of a Creative Commons deed its short form
  after_block INTEGER NOT NULL, -- how many blocks of the newest text stand above it; 0 for an image that leads the text, or that the page only names
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX images_url ON images(url);

CREATE TABLE notices (
  -- What newsrooms say of an article itself; most notices stand in its text too.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  position INTEGER NOT NULL, -- order on the page
  kind TEXT NOT NULL, -- correction, clarification, update or editor_note
  text TEXT NOT NULL, -- the whole notice on one line, as printed
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX notices_kind ON notices(kind);

CREATE TABLE evidence (
  -- Which witness gave each field of an article.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  field TEXT NOT NULL, -- headline, standfirst, body, authors, published, updated, section, tags, language, image, images, access, notices, links, kind, section_path or url
  source TEXT NOT NULL, -- json-ld, open graph, meta, microdata, profile, html, feed, sitemap, section, wordpress, url, text or memory
  PRIMARY KEY (article_id, field)
) STRICT, WITHOUT ROWID;
"""

MEMORY = """
CREATE TABLE revision_lines (
  -- Which lines the pages of revisions show, as cut without site memory; what memory is learned from.
  line INTEGER NOT NULL, -- number of the line: 64 bits of a digest of its words
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- the revision whose page shows it
  place INTEGER NOT NULL, -- 0 in running text, 1 in a box of its own, 2 as a link or a label over nothing, 3 as a subhead over text, 4 as the headline, 5 as the standfirst, 6 in the head as what the page is about; of line 0, which stands for that description: 7 where a route says the same, 8 where it says something else
  PRIMARY KEY (line, revision_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_lines_revision ON revision_lines(revision_id);

CREATE TABLE revision_paths (
  -- Where the pages of revisions carry their fields; what memory is learned from.
  path TEXT NOT NULL, -- standfirst or byline (or that the page lacks it), a colon, and the tags and classes from the page's body to the line that carries it (or might)
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- the revision whose page it is
  PRIMARY KEY (path, revision_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX revision_paths_revision ON revision_paths(revision_id);

CREATE TABLE memory (
  -- Site memory: lines that a site's pages have shown to be no article's text, where its pages carry their fields, and what a person has judged.
  site TEXT NOT NULL REFERENCES sites(name), -- which site
  line INTEGER NOT NULL, -- number of the line, as in revision_lines; or of a path
  text TEXT NOT NULL, -- the line as it stood on one of the pages; or a path, as in revision_paths
  verdict TEXT NOT NULL, -- nav (the site's own), teaser (another article's) or text (of the article after all); of a path, and of line 0, which stands for the description in a page's head: standfirst, byline or text
  articles INTEGER NOT NULL, -- different articles whose text seemed to hold it
  first_on TEXT, -- day of publication of the first of them; NULL if no day is known
  last_on TEXT, -- day of publication of the last of them
  decided_by TEXT NOT NULL, -- machine, or person: what a person decided is never changed by learning
  version INTEGER NOT NULL, -- version of the site's memory since which the verdict holds
  PRIMARY KEY (site, line)
) STRICT, WITHOUT ROWID;
"""


SEARCH = """
CREATE VIRTUAL TABLE articles_fts USING fts5(
  headline, standfirst, body, facets,
  content='search_source', content_rowid='id',
  tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER articles_fts_update
AFTER UPDATE OF revision_id, headline, standfirst, published_on, site ON articles
BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, headline, standfirst, body, facets)
    SELECT 'delete', old.id, old.headline, old.standfirst, r.body,
      'site' || replace(replace(old.site, '-', ''), '_', '') || ' year'
        || coalesce(substr(old.published_on, 1, 4), '0000')
    FROM revisions r WHERE r.id = old.revision_id;
  INSERT INTO articles_fts(rowid, headline, standfirst, body, facets)
    SELECT id, headline, standfirst, body, facets FROM search_source WHERE id = new.id;
END;

CREATE TRIGGER articles_fts_delete BEFORE DELETE ON articles
BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, headline, standfirst, body, facets)
    SELECT 'delete', id, headline, standfirst, body, facets
    FROM search_source WHERE id = old.id;
END;

CREATE TRIGGER revisions_fts_update AFTER UPDATE OF body ON revisions
WHEN EXISTS (SELECT 1 FROM articles WHERE revision_id = new.id)
BEGIN
  INSERT INTO articles_fts(articles_fts, rowid, headline, standfirst, body, facets)
    SELECT 'delete', id, headline, standfirst, old.body, facets
    FROM search_source WHERE id = old.article_id;
  INSERT INTO articles_fts(rowid, headline, standfirst, body, facets)
    SELECT id, headline, standfirst, body, facets
    FROM search_source WHERE id = new.article_id;
END;
"""


@migrations()
def m001_first_light(db: Database) -> None:
    """Catalogue, articles with revisions, facts, views and the search index."""
    facts = (HISTORY, FACTS, LINKS, MEMORY, COPIES)
    for script in (CATALOGUE, ARTICLES, *facts, VIEWS, LINK_VIEWS, SEARCH):
        for statement in statements(script):
            db.execute(statement)


def statements(script: str) -> list[str]:
    """Split a script into its statements; a trigger's body stays in one piece."""
    found: list[str] = []
    lines: list[str] = []
    for line in script.strip().splitlines():
        lines.append(line)
        in_trigger = lines[0].startswith("CREATE TRIGGER")
        if line.rstrip() == "END;" or (line.rstrip().endswith(";") and not in_trigger):
            found.append("\n".join(lines).strip())
            lines = []
        elif not line.strip() and len(lines) == 1:
            lines = []
    return found
