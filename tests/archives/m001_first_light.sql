CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES (1, 'cuttings', 'm001_first_light', '2026-03-03T00:00:00Z');
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
INSERT INTO "sites" VALUES ('kettle', 'Kettle & Lid', 'https://kettle.example/', 'en', NULL, 0, 1, 5, 0);
INSERT INTO "sites" VALUES ('tray', 'Tray Weekly', 'https://tray.example/', NULL, NULL, 0, 0, 0, 0);
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
INSERT INTO "crawls" VALUES (1, 'kettle', 'crawl', '2026-03-01T09:15:00Z', '2026-03-02T09:15:00Z', 'finished', 6, 0, 2, 0, 0, 1, 1, 1, 0, 1, 1, '[]', 1, 0, '');
INSERT INTO "crawls" VALUES (2, 'tray', 'crawl', '2026-03-01T09:15:00Z', '2026-03-02T09:15:00Z', 'finished', 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, '[]', 0, 0, '');
INSERT INTO "crawls" VALUES (3, 'kettle', 'crawl', '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z', 'finished', 3, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, '[]', 0, 0, '');
INSERT INTO "crawls" VALUES (4, 'tray', 'import', '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z', 'finished', 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, '[]', 0, 0, '');
INSERT INTO "crawls" VALUES (5, 'kettle', 'crawl', '2026-03-02T09:15:00Z', NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '[]', 0, 0, NULL);
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
INSERT INTO "captures" VALUES (1, 'kettle', 'https://kettle.example/report', 200, 'text/html', '2026-03-01T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 305, 330, 'sha1:OJQJQSEKZOHO5M4PQDPEPD5GALM7526D', '[]', '[]', 'response', NULL);
INSERT INTO "captures" VALUES (10, 'kettle', 'https://kettle.example/late', 200, 'text/html', '2026-03-02T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 3194, 328, 'sha1:OJQJQSEKZOHO5M4PQDPEPD5GALM7526D', '[]', '[]', 'response', NULL);
INSERT INTO "captures" VALUES (2, 'kettle', 'https://kettle.example/long', 200, 'text/html', '2026-03-01T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 635, 329, 'sha1:OJQJQSEKZOHO5M4PQDPEPD5GALM7526D', '[]', '[]', 'response', NULL);
INSERT INTO "captures" VALUES (3, 'kettle', 'https://kettle.example/long?page=2', 200, 'text/html', '2026-03-01T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 964, 332, 'sha1:OJQJQSEKZOHO5M4PQDPEPD5GALM7526D', '[]', '[]', 'response', 2);
INSERT INTO "captures" VALUES (4, 'kettle', 'https://kettle.example/long', 200, 'text/html', '2026-03-01T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 1296, 328, 'sha1:OJQJQSEKZOHO5M4PQDPEPD5GALM7526D', '[]', '[]', 'response', NULL);
INSERT INTO "captures" VALUES (5, 'kettle', 'https://kettle.example/login', 200, 'text/html', '2026-03-01T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 1624, 329, 'sha1:OJQJQSEKZOHO5M4PQDPEPD5GALM7526D', '[]', '[]', 'response', NULL);
INSERT INTO "captures" VALUES (6, 'tray', 'https://tray.example/copy', 200, 'text/html', '2026-03-01T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 1953, 327, 'sha1:OJQJQSEKZOHO5M4PQDPEPD5GALM7526D', '[]', '[]', 'response', NULL);
INSERT INTO "captures" VALUES (7, 'kettle', 'https://kettle.example/report', 200, 'text/html', '2026-03-02T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 2280, 329, 'sha1:OJQJQSEKZOHO5M4PQDPEPD5GALM7526D', '[]', '[]', 'response', NULL);
INSERT INTO "captures" VALUES (8, 'kettle', 'https://kettle.example/new', 200, 'text/html', '2026-03-02T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 2609, 327, 'sha1:OJQJQSEKZOHO5M4PQDPEPD5GALM7526D', '[]', '[]', 'response', NULL);
INSERT INTO "captures" VALUES (9, 'tray', 'https://tray.example/old.txt', 0, 'text/html', '2026-03-01T09:15:00Z', 'cuttings-20260301091500-00000.warc.gz', 2936, 258, 'sha1:G4XKBDFLGPTRYAWGKHN4QOSHJUZMM5XK', '[]', '[{"file":"old.txt"}]', 'resource', NULL);
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
INSERT INTO "routes" VALUES ('https://kettle.example/feed', 'kettle', 'feed', '2026-03-02T09:15:00Z', 200, 0, NULL, NULL, NULL, NULL, '');
CREATE TABLE stories (
  -- One row for each number that a story ever had: articles that carry the same text wholly or largely.
  id INTEGER PRIMARY KEY, -- never given twice
  joined_id INTEGER REFERENCES stories(id), -- the older story that it has become part of; NULL if it stands
  articles INTEGER NOT NULL, -- how many are in it; 0 if it has been joined or has fallen apart
  first_id INTEGER -- the article of it that was published first, else seen first; NULL if it has none
) STRICT;
INSERT INTO "stories" VALUES (1, NULL, 2, 1);
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
INSERT INTO "articles" VALUES (1, 'kettle', 'https://kettle.example/report', 'Lids return to Lower Lidham', 'A kettle works reopens in Lower Lidham', '2026-02-28', '2026-02-28T08:00:00Z', '+00:00', 'day', NULL, NULL, 'Works', NULL, 'news', 'nothing says otherwise', 'en', 122, 'https://kettle.example/shed.jpg', 'The shed', 'Ann Ladle', NULL, 'open', NULL, 4, 1, '2026-03-01T09:15:00Z', '2026-03-02T09:15:00Z');
INSERT INTO "articles" VALUES (2, 'kettle', 'https://kettle.example/long', 'Lids return to long', 'A kettle works reopens in long', '2026-02-28', '2026-02-28T08:00:00Z', '+00:00', 'day', NULL, NULL, 'Works', NULL, 'news', 'nothing says otherwise', 'en', 14, NULL, NULL, NULL, NULL, 'open', NULL, 2, NULL, '2026-03-01T09:15:00Z', '2026-03-01T09:15:00Z');
INSERT INTO "articles" VALUES (3, 'tray', 'https://tray.example/copy', 'Lids return to Lower Lidham', 'A kettle works reopens in Lower Lidham', '2026-02-28', '2026-02-28T08:00:00Z', '+00:00', 'day', NULL, NULL, 'Works', NULL, 'news', 'nothing says otherwise', 'en', 122, 'https://kettle.example/shed.jpg', 'The shed', 'Ann Ladle', NULL, 'open', NULL, 3, 1, '2026-03-01T09:15:00Z', '2026-03-01T09:15:00Z');
INSERT INTO "articles" VALUES (4, 'kettle', 'https://kettle.example/new', 'Lids return to new', 'A kettle works reopens in new', '2026-02-28', '2026-02-28T08:00:00Z', '+00:00', 'day', NULL, NULL, 'Works', NULL, 'news', 'nothing says otherwise', 'en', 14, NULL, NULL, NULL, NULL, 'open', NULL, 5, NULL, '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z');
INSERT INTO "articles" VALUES (5, 'kettle', 'https://kettle.example/late', 'Lids return to late', 'A kettle works reopens in late', '2026-02-28', '2026-02-28T08:00:00Z', '+00:00', 'day', NULL, NULL, 'Works', NULL, 'news', 'nothing says otherwise', 'en', 14, NULL, NULL, NULL, NULL, 'open', NULL, 6, NULL, '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z');
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
INSERT INTO "revisions" VALUES (1, 1, 1, 'Lids return to Lower Lidham', 'A kettle works reopens in Lower Lidham', 'The lid makers of the lower valley met in the old drying shed on Friday and voted by a narrow count to press round lids only from the first week of spring.
Square lids had been made there since the great flood carried the round moulds away, and most households keep a shelf of pots that nothing else will cover.
A clerk of the guild read out the names of forty kettles that would stay open and asked their owners to bring them before the furnace is lit again in the morning.
Nobody had expected the vote to fall as it did, least of all the foreman, whose own kitchen has been square for longer than anyone in the room could remember.', '[["paragraph",0,"The lid makers of the lower valley met in the old drying shed on Friday and voted by a narrow count to press round lids only from the first week of spring."],["paragraph",0,"Square lids had been made there since the great flood carried the round moulds away, and most households keep a shelf of pots that nothing else will cover."],["paragraph",0,"A clerk of the guild read out the names of forty kettles that would stay open and asked their owners to bring them before the furnace is lit again in the morning."],["paragraph",0,"Nobody had expected the vote to fall as it did, least of all the foreman, whose own kitchen has been square for longer than anyone in the room could remember."]]', '1abebd0e94fe1e8971d847311012448fc', '1944803b8ab9e0c7836004e2d1870e02c', '1d62e6ff0d0d0278113432a07373a2658', 1, 'cuttings 0.1.0+200d5c9997', 0, '', '2026-03-01T09:15:00Z', '["Ann Ladle", "Bo Ewer"]', '2026-02-28', '2026-02-28T08:00:00Z', 'open', '[]', NULL, NULL, NULL);
INSERT INTO "revisions" VALUES (2, 2, 1, 'Lids return to long', 'A kettle works reopens in long', 'The works at long will make lids again, its owners said on Monday.
Trays', '[["paragraph",0,"The works at long will make lids again, its owners said on Monday."],["subhead",2,"Trays"]]', '1a84060981b86b9701fd016df7c69d45f', '1a19c56a8ddbc432166ec47e90f4958cb', '147ccf625aeabebc9a76b879b736439c1', 4, 'cuttings 0.1.0+200d5c9997', 0, '', '2026-03-01T09:15:00Z', '["Ann Ladle", "Bo Ewer"]', '2026-02-28', '2026-02-28T08:00:00Z', 'open', '[]', NULL, NULL, NULL);
INSERT INTO "revisions" VALUES (3, 3, 1, 'Lids return to Lower Lidham', 'A kettle works reopens in Lower Lidham', 'The lid makers of the lower valley met in the old drying shed on Friday and voted by a narrow count to press round lids only from the first week of spring.
Square lids had been made there since the great flood carried the round moulds away, and most households keep a shelf of pots that nothing else will cover.
A clerk of the guild read out the names of forty kettles that would stay open and asked their owners to bring them before the furnace is lit again in the morning.
Nobody had expected the vote to fall as it did, least of all the foreman, whose own kitchen has been square for longer than anyone in the room could remember.', '[["paragraph",0,"The lid makers of the lower valley met in the old drying shed on Friday and voted by a narrow count to press round lids only from the first week of spring."],["paragraph",0,"Square lids had been made there since the great flood carried the round moulds away, and most households keep a shelf of pots that nothing else will cover."],["paragraph",0,"A clerk of the guild read out the names of forty kettles that would stay open and asked their owners to bring them before the furnace is lit again in the morning."],["paragraph",0,"Nobody had expected the vote to fall as it did, least of all the foreman, whose own kitchen has been square for longer than anyone in the room could remember."]]', '1abebd0e94fe1e8971d847311012448fc', '1944803b8ab9e0c7836004e2d1870e02c', '1d62e6ff0d0d0278113432a07373a2658', 6, 'cuttings 0.1.0+200d5c9997', 0, '', '2026-03-01T09:15:00Z', '["Ann Ladle", "Bo Ewer"]', '2026-02-28', '2026-02-28T08:00:00Z', 'open', '[]', NULL, NULL, NULL);
INSERT INTO "revisions" VALUES (4, 1, 2, 'Lids return to Lower Lidham', 'A kettle works reopens in Lower Lidham', 'The lid makers of the lower valley met in the old drying shed on Friday and voted by a narrow count to press round lids only from the first week of spring.
Square lids had been made there since the great flood carried the round moulds away, and most households keep a shelf of pots that nothing else will cover.
A clerk of the guild read out the names of fifty kettles that would stay open and asked their owners to bring them before the furnace is lit again in the morning.
Nobody had expected the vote to fall as it did, least of all the foreman, whose own kitchen has been square for longer than anyone in the room could remember.', '[["paragraph",0,"The lid makers of the lower valley met in the old drying shed on Friday and voted by a narrow count to press round lids only from the first week of spring."],["paragraph",0,"Square lids had been made there since the great flood carried the round moulds away, and most households keep a shelf of pots that nothing else will cover."],["paragraph",0,"A clerk of the guild read out the names of fifty kettles that would stay open and asked their owners to bring them before the furnace is lit again in the morning."],["paragraph",0,"Nobody had expected the vote to fall as it did, least of all the foreman, whose own kitchen has been square for longer than anyone in the room could remember."]]', '1a2e6c7a287af796d7982d97ef43f07a6', '1aadfc5a5ef4fb54e9b8cd5f9e5076dc8', '1d62e6ff0d0d0278113432a07373a2658', 7, 'cuttings 0.1.0+200d5c9997', 0, '', '2026-03-02T09:15:00Z', '["Ann Ladle", "Bo Ewer"]', '2026-02-28', '2026-02-28T08:00:00Z', 'open', '[]', 1, 1, 1);
INSERT INTO "revisions" VALUES (5, 4, 1, 'Lids return to new', 'A kettle works reopens in new', 'The works at new will make lids again, its owners said on Monday.
Trays', '[["paragraph",0,"The works at new will make lids again, its owners said on Monday."],["subhead",2,"Trays"]]', '10a6a70cb9cfbc1e937881c43ea85bacf', '1a874b75c85fadb9ecea442fee408e61d', '1602dff44d2574928a13e34d591a80fad', 8, 'cuttings 0.1.0+200d5c9997', 0, '', '2026-03-02T09:15:00Z', '["Ann Ladle", "Bo Ewer"]', '2026-02-28', '2026-02-28T08:00:00Z', 'open', '[]', NULL, NULL, NULL);
INSERT INTO "revisions" VALUES (6, 5, 1, 'Lids return to late', 'A kettle works reopens in late', 'The works at late will make lids again, its owners said on Monday.
Trays', '[["paragraph",0,"The works at late will make lids again, its owners said on Monday."],["subhead",2,"Trays"]]', '14cc45c42e76c5d7a0d71ca27cc3e9050', '1e3d5a421dce261f1b2756564c4865883', '1abc0449981dbb91ff4be5e3e46960a42', 10, 'cuttings 0.1.0+200d5c9997', 0, '', '2026-03-02T09:15:00Z', '["Ann Ladle", "Bo Ewer"]', '2026-02-28', '2026-02-28T08:00:00Z', 'open', '[]', NULL, NULL, NULL);
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
INSERT INTO "urls" VALUES ('https://kettle.example/late', 'kettle', 5, 'fetched', 'stored', '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z', '2026-03-03T08:00:00Z', NULL, NULL, NULL, 0, 7452994676962513449);
INSERT INTO "urls" VALUES ('https://kettle.example/login', 'kettle', NULL, 'fetched', 'rejected', '2026-03-01T09:15:00Z', NULL, '2026-03-01T09:15:00Z', '2026-03-08T09:15:00Z', NULL, NULL, NULL, 0, NULL);
INSERT INTO "urls" VALUES ('https://kettle.example/long', 'kettle', 2, 'fetched', 'failed', '2026-03-01T09:15:00Z', '2026-03-01T09:15:00Z', '2026-03-02T09:15:00Z', '2026-03-02T10:15:00Z', NULL, NULL, NULL, 1, 849499434373757642);
INSERT INTO "urls" VALUES ('https://kettle.example/long?page=2', 'kettle', 2, 'part', 'alias', '2026-03-01T09:15:00Z', '2026-03-01T09:15:00Z', '2026-03-01T09:15:00Z', NULL, NULL, NULL, NULL, 0, 1852833627691536567);
INSERT INTO "urls" VALUES ('https://kettle.example/lost', 'kettle', NULL, 'fetched', 'failed', '2026-03-01T09:15:00Z', NULL, '2026-03-01T09:15:00Z', '2026-03-01T10:15:00Z', NULL, NULL, NULL, 1, NULL);
INSERT INTO "urls" VALUES ('https://kettle.example/new', 'kettle', 4, 'fetched', 'stored', '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z', '2026-03-03T08:00:00Z', NULL, NULL, NULL, 0, 3476092452549009843);
INSERT INTO "urls" VALUES ('https://kettle.example/report', 'kettle', 1, 'fetched', 'revised', '2026-03-01T09:15:00Z', '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z', '2026-03-02T10:15:00Z', NULL, NULL, NULL, 0, 9197621028951043000);
INSERT INTO "urls" VALUES ('https://tray.example/copy', 'tray', 3, 'fetched', 'stored', '2026-03-01T09:15:00Z', '2026-03-01T09:15:00Z', '2026-03-01T09:15:00Z', '2026-03-03T08:00:00Z', NULL, NULL, NULL, 0, -6249893799850226870);
INSERT INTO "urls" VALUES ('https://tray.example/old.txt', 'tray', NULL, 'fetched', 'rejected', '2026-03-02T09:15:00Z', NULL, '2026-03-02T09:15:00Z', NULL, NULL, NULL, NULL, 0, NULL);
CREATE TABLE identifiers (
  -- What feeds and content management systems call an article by, apart from its addresses (RSS guid, Atom id, number of a post, rel=shortlink): it stays when an address changes.
  site TEXT NOT NULL REFERENCES sites(name), -- which site
  identifier TEXT NOT NULL, -- as the route states it
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- the article
  first_seen_at TEXT NOT NULL, -- UTC instant of the first fetch for which it was stated
  last_seen_at TEXT NOT NULL, -- UTC instant of the last one
  PRIMARY KEY (site, identifier, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "identifiers" VALUES ('kettle', 'guid-1', 1, '2026-03-03T00:00:00Z', '2026-03-03T00:00:00Z');
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
INSERT INTO "fetches" VALUES (1, 'https://kettle.example/login', 'rejected', 'login wall', 200, NULL, 5, '2026-03-01T09:15:00Z');
INSERT INTO "fetches" VALUES (1, 'https://kettle.example/long', 'stored', NULL, 200, 2, 4, '2026-03-01T09:15:00Z');
INSERT INTO "fetches" VALUES (1, 'https://kettle.example/long?page=2', 'alias', NULL, 200, 2, 3, '2026-03-01T09:15:00Z');
INSERT INTO "fetches" VALUES (1, 'https://kettle.example/lost', 'failed', 'HTTP 500', 500, NULL, NULL, '2026-03-01T09:15:00Z');
INSERT INTO "fetches" VALUES (1, 'https://kettle.example/report', 'stored', NULL, 200, 1, 1, '2026-03-01T09:15:00Z');
INSERT INTO "fetches" VALUES (2, 'https://tray.example/copy', 'stored', NULL, 200, 3, 6, '2026-03-01T09:15:00Z');
INSERT INTO "fetches" VALUES (3, 'https://kettle.example/long', 'failed', 'HTTP 404', 404, NULL, NULL, '2026-03-02T09:15:00Z');
INSERT INTO "fetches" VALUES (3, 'https://kettle.example/new', 'stored', NULL, 200, 4, 8, '2026-03-02T09:15:00Z');
INSERT INTO "fetches" VALUES (3, 'https://kettle.example/report', 'revised', NULL, 200, 1, 7, '2026-03-02T09:15:00Z');
INSERT INTO "fetches" VALUES (4, 'https://tray.example/old.txt', 'rejected', 'no text', 200, NULL, 9, '2026-03-02T09:15:00Z');
INSERT INTO "fetches" VALUES (5, 'https://kettle.example/late', 'stored', NULL, 200, 5, 10, '2026-03-02T09:15:00Z');
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
INSERT INTO "rejected" VALUES ('https://kettle.example/login', 'kettle', 'login wall', 'asks to log in', 'Log in', 5, '', '', '2026-03-01T09:15:00Z');
INSERT INTO "rejected" VALUES ('https://tray.example/old.txt', 'tray', 'no text', 'one word', NULL, 9, '', '', '2026-03-02T09:15:00Z');
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
INSERT INTO "changes" VALUES (4, 0, 'figure', 'body', 'forty', 'fifty', 'certain');
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
INSERT INTO "recuts" VALUES (1, 1, '2026-03-03T00:00:00Z', '["authors"]', 'test 1', 1, '', 'test 0', 0, '');
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
INSERT INTO "states" VALUES (1, 2, 'gone', 'HTTP 404: not found', 'https://kettle.example/long', '2026-03-02T09:15:00Z', '2026-03-02T09:15:00Z');
CREATE TABLE authors (
  -- Names found in bylines.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- used by article_authors; never given twice
  name TEXT NOT NULL UNIQUE, -- as printed
  kind TEXT NOT NULL DEFAULT 'person' -- person, agency (a news agency) or organisation, as its words tell
) STRICT;
INSERT INTO "authors" VALUES (1, 'Ann Ladle', 'person');
INSERT INTO "authors" VALUES (2, 'Bo Ewer', 'agency');
CREATE TABLE article_authors (
  -- Who wrote which article, in the order of the byline.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  position INTEGER NOT NULL, -- 0 is the first name
  author_id INTEGER NOT NULL REFERENCES authors(id), -- which author
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_authors" VALUES (1, 0, 1);
INSERT INTO "article_authors" VALUES (1, 1, 2);
INSERT INTO "article_authors" VALUES (2, 0, 1);
INSERT INTO "article_authors" VALUES (2, 1, 2);
INSERT INTO "article_authors" VALUES (3, 0, 1);
INSERT INTO "article_authors" VALUES (3, 1, 2);
INSERT INTO "article_authors" VALUES (4, 0, 1);
INSERT INTO "article_authors" VALUES (4, 1, 2);
INSERT INTO "article_authors" VALUES (5, 0, 1);
INSERT INTO "article_authors" VALUES (5, 1, 2);
CREATE TABLE tags (
  -- Labels that sites put on articles.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- used by article_tags; never given twice
  name TEXT NOT NULL UNIQUE -- as printed
) STRICT;
INSERT INTO "tags" VALUES (1, 'lids');
INSERT INTO "tags" VALUES (2, 'trays');
CREATE TABLE article_tags (
  -- Which article carries which tag.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  position INTEGER NOT NULL, -- 0 is the first tag shown
  tag_id INTEGER NOT NULL REFERENCES tags(id), -- which tag
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "article_tags" VALUES (1, 0, 1);
INSERT INTO "article_tags" VALUES (1, 1, 2);
INSERT INTO "article_tags" VALUES (2, 0, 1);
INSERT INTO "article_tags" VALUES (2, 1, 2);
INSERT INTO "article_tags" VALUES (3, 0, 1);
INSERT INTO "article_tags" VALUES (3, 1, 2);
INSERT INTO "article_tags" VALUES (4, 0, 1);
INSERT INTO "article_tags" VALUES (4, 1, 2);
INSERT INTO "article_tags" VALUES (5, 0, 1);
INSERT INTO "article_tags" VALUES (5, 1, 2);
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
INSERT INTO "images" VALUES (1, 0, 'lead', 'https://kettle.example/shed.jpg', 'The shed', 'Ann Ladle', NULL, 0);
INSERT INTO "images" VALUES (1, 1, 'inline', 'https://kettle.example/mould.jpg', NULL, NULL, NULL, 1);
INSERT INTO "images" VALUES (3, 0, 'lead', 'https://kettle.example/shed.jpg', 'The shed', 'Ann Ladle', NULL, 0);
INSERT INTO "images" VALUES (3, 1, 'inline', 'https://kettle.example/mould.jpg', NULL, NULL, NULL, 1);
CREATE TABLE notices (
  -- What newsrooms say of an article itself; most notices stand in its text too.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  position INTEGER NOT NULL, -- order on the page
  kind TEXT NOT NULL, -- correction, clarification, update or editor_note
  text TEXT NOT NULL, -- the whole notice on one line, as printed
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO "notices" VALUES (1, 0, 'correction', 'This article was corrected.');
INSERT INTO "notices" VALUES (3, 0, 'correction', 'This article was corrected.');
CREATE TABLE evidence (
  -- Which witness gave each field of an article.
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- which article
  field TEXT NOT NULL, -- headline, standfirst, body, authors, published, updated, section, tags, language, image, images, access, notices, links, kind, section_path or url
  source TEXT NOT NULL, -- json-ld, open graph, meta, microdata, profile, html, feed, sitemap, section, wordpress, url, text or memory
  PRIMARY KEY (article_id, field)
) STRICT, WITHOUT ROWID;
INSERT INTO "evidence" VALUES (1, 'headline', 'html');
INSERT INTO "evidence" VALUES (1, 'published', 'json-ld');
INSERT INTO "evidence" VALUES (2, 'headline', 'html');
INSERT INTO "evidence" VALUES (2, 'published', 'json-ld');
INSERT INTO "evidence" VALUES (3, 'headline', 'html');
INSERT INTO "evidence" VALUES (3, 'published', 'json-ld');
INSERT INTO "evidence" VALUES (4, 'headline', 'html');
INSERT INTO "evidence" VALUES (4, 'published', 'json-ld');
INSERT INTO "evidence" VALUES (5, 'headline', 'html');
INSERT INTO "evidence" VALUES (5, 'published', 'json-ld');
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
INSERT INTO "links" VALUES (1, 0, 'related', 'https://kettle.example/more', 'More', NULL, 0);
INSERT INTO "links" VALUES (2, 0, 'related', 'https://kettle.example/more', 'More', NULL, 0);
INSERT INTO "links" VALUES (3, 0, 'related', 'https://kettle.example/more', 'More', NULL, 0);
INSERT INTO "links" VALUES (4, 0, 'related', 'https://kettle.example/more', 'More', NULL, 0);
INSERT INTO "links" VALUES (5, 0, 'related', 'https://kettle.example/more', 'More', NULL, 0);
INSERT INTO "links" VALUES (6, 0, 'related', 'https://kettle.example/more', 'More', NULL, 0);
CREATE TABLE revision_lines (
  -- Which lines the pages of revisions show, as cut without site memory; what memory is learned from.
  line INTEGER NOT NULL, -- number of the line: 64 bits of a digest of its words
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- the revision whose page shows it
  place INTEGER NOT NULL, -- 0 in running text, 1 in a box of its own, 2 as a link or a label over nothing, 3 as a subhead over text, 4 as the headline, 5 as the standfirst, 6 in the head as what the page is about; of line 0, which stands for that description: 7 where a route says the same, 8 where it says something else
  PRIMARY KEY (line, revision_id, place)
) STRICT, WITHOUT ROWID;
INSERT INTO "revision_lines" VALUES (1, 1, 4);
INSERT INTO "revision_lines" VALUES (7, 1, 0);
CREATE TABLE revision_paths (
  -- Where the pages of revisions carry their fields; what memory is learned from.
  path TEXT NOT NULL, -- standfirst or byline (or that the page lacks it), a colon, and the tags and classes from the page's body to the line that carries it (or might)
  revision_id INTEGER NOT NULL REFERENCES revisions(id) ON DELETE CASCADE, -- the revision whose page it is
  PRIMARY KEY (path, revision_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "revision_paths" VALUES ('standfirst: main > p.lead', 1);
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
INSERT INTO "memory" VALUES ('kettle', 7, 'Read more', 'nav', 3, NULL, NULL, 'machine', 1);
CREATE TABLE copy_hashes (
  -- Index of texts: which articles' newest texts hold which runs of five words, about one run of thirteen.
  hash INTEGER NOT NULL, -- 64 bits of a digest of five words in a row
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- whose newest text holds it
  PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "copy_hashes" VALUES (1069287602890227900, 1);
INSERT INTO "copy_hashes" VALUES (1069287602890227900, 3);
INSERT INTO "copy_hashes" VALUES (1616323880544146489, 1);
INSERT INTO "copy_hashes" VALUES (1616323880544146489, 3);
INSERT INTO "copy_hashes" VALUES (19598751260370633, 1);
INSERT INTO "copy_hashes" VALUES (19598751260370633, 3);
INSERT INTO "copy_hashes" VALUES (362193122850556857, 1);
INSERT INTO "copy_hashes" VALUES (362193122850556857, 3);
INSERT INTO "copy_hashes" VALUES (517133381007876153, 1);
INSERT INTO "copy_hashes" VALUES (517133381007876153, 3);
INSERT INTO "copy_hashes" VALUES (60428950185533332, 1);
INSERT INTO "copy_hashes" VALUES (60428950185533332, 3);
INSERT INTO "copy_hashes" VALUES (635324122086390941, 1);
INSERT INTO "copy_hashes" VALUES (635324122086390941, 3);
INSERT INTO "copy_hashes" VALUES (670402712583387225, 1);
INSERT INTO "copy_hashes" VALUES (670402712583387225, 3);
INSERT INTO "copy_hashes" VALUES (724635970372226442, 2);
INSERT INTO "copy_hashes" VALUES (776977603632324645, 1);
INSERT INTO "copy_hashes" VALUES (776977603632324645, 3);
INSERT INTO "copy_hashes" VALUES (920061408125799823, 1);
INSERT INTO "copy_hashes" VALUES (920061408125799823, 3);
CREATE TABLE copy_recent (
  -- The same of the articles stored last; moved into copy_hashes many at a time.
  hash INTEGER NOT NULL, -- as copy_hashes.hash
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE, -- as copy_hashes.article_id
  PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "copy_recent" VALUES (724635970372226442, 4);
INSERT INTO "copy_recent" VALUES (724635970372226442, 5);
CREATE TABLE copies_due (
  -- Articles whose newest text is still to be compared with the others; empty after a crawl that ended.
  article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE -- which article
) STRICT;
INSERT INTO "copies_due" VALUES (5);
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
INSERT INTO "copy_pairs" VALUES (1, 3, 0.958, 0.958, 'syndicated', 'the byline names Bo Ewer', 1);
INSERT INTO "copy_pairs" VALUES (2, 4, 0.6, 0.6, 'none', 'too few words are shared', 2);
CREATE VIRTUAL TABLE articles_fts USING fts5(
  headline, standfirst, body, facets,
  content='search_source', content_rowid='id',
  tokenize='porter unicode61 remove_diacritics 2'
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX crawls_site ON crawls(site, id);
CREATE INDEX captures_url ON captures(url);
CREATE INDEX captures_part ON captures(part_of) WHERE part_of IS NOT NULL;
CREATE INDEX routes_site ON routes(site);
CREATE INDEX stories_joined ON stories(joined_id) WHERE joined_id IS NOT NULL;
CREATE INDEX articles_site_day ON articles(site, published_on);
CREATE INDEX articles_day ON articles(published_on, published_at);
CREATE INDEX articles_seen ON articles(first_seen_at);
CREATE INDEX articles_revision ON articles(revision_id);
CREATE INDEX articles_story ON articles(story_id) WHERE story_id IS NOT NULL;
CREATE INDEX revisions_body ON revisions(body_digest);
CREATE INDEX revisions_capture ON revisions(capture_id);
CREATE INDEX revisions_headline ON revisions(headline_digest);
CREATE INDEX urls_article ON urls(article_id);
CREATE INDEX urls_site ON urls(site, due_at);
CREATE INDEX urls_key ON urls(key, url, relation, article_id) WHERE key IS NOT NULL;
CREATE INDEX identifiers_article ON identifiers(article_id);
CREATE INDEX fetches_capture ON fetches(capture_id) WHERE capture_id IS NOT NULL;
CREATE INDEX rejected_site ON rejected(site, reason);
CREATE INDEX changes_class ON changes(class);
CREATE INDEX recuts_revision ON recuts(revision_id);
CREATE INDEX states_article ON states(article_id);
CREATE VIEW edits AS
  -- Every revision after the first with the classes of what it changed, for counting and for following a site.
  SELECT r.id AS revision_id, r.article_id, a.site, a.url, r.number, r.seen_at,
    (SELECT group_concat(class, ', ') FROM (SELECT DISTINCT c.class FROM changes c
      WHERE c.revision_id = r.id ORDER BY c.position)) AS classes,
    r.words_added, r.words_removed, r.words_changed, r.headline, a.published_on
  FROM revisions r JOIN articles a ON a.id = r.article_id WHERE r.number > 1;
CREATE INDEX article_authors_author ON article_authors(author_id);
CREATE INDEX article_tags_tag ON article_tags(tag_id);
CREATE INDEX images_url ON images(url);
CREATE INDEX notices_kind ON notices(kind);
CREATE INDEX links_key ON links(key, role);
CREATE INDEX revision_lines_revision ON revision_lines(revision_id);
CREATE INDEX revision_paths_revision ON revision_paths(revision_id);
CREATE INDEX copy_hashes_article ON copy_hashes(article_id);
CREATE INDEX copy_recent_article ON copy_recent(article_id);
CREATE INDEX copy_pairs_other ON copy_pairs(other_id);
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
CREATE VIEW article_links AS
  -- The graph of articles that link to each other: every link of a newest text that leads to another archived article, at whatever address. docs/links.md says how targets are found.
  SELECT s.id AS article_id, s.site, s.headline, s.published_on, l.role, l.position,
    l.text, l.url, t.id AS target_id, t.site AS target_site,
    t.headline AS target_headline, t.published_on AS target_published_on
  FROM links l JOIN articles s ON s.revision_id = l.revision_id
  JOIN urls u ON u.key = l.key AND (u.relation <> 'canonical' OR u.url = (
    SELECT h.url FROM articles h WHERE h.id = u.article_id)) AND NOT EXISTS (
    SELECT 1 FROM urls c WHERE c.key = u.key AND c.url <> u.url AND (c.relation <> 'canonical' OR c.url = (
    SELECT h.url FROM articles h WHERE h.id = c.article_id))
      AND (c.url <> l.url, c.relation = 'canonical', c.url)
        < (u.url <> l.url, u.relation = 'canonical', u.url))
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
INSERT INTO articles_fts(articles_fts) VALUES ('rebuild');
