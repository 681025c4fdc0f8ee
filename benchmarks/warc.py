"""Import real pages from a WARC file, crawl the same pages, and compare what came out.

    python benchmarks/warc.py DIR [--pages 1000] [--keep FOLDER]

DIR holds truth.jsonl and pages/<id>.html.gz, as for replay.py, whose server and
profiles are used. The WARC file is written by warcio, with each site's feed and sitemap
in it, as the crawl meets them. Every field of every article and the outcome of every
address are compared; the exit code is 1 if anything differs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from replay import Replay, Served, crawl, places, write_profiles  # noqa: E402
from warcio.statusandheaders import StatusAndHeaders  # noqa: E402
from warcio.warcwriter import WARCWriter  # noqa: E402

from archive.database import open_for_reading  # noqa: E402
from crawler.urls import canonical  # noqa: E402

FIELDS = (
    "a.url", "a.headline", "a.standfirst", "a.published_on", "a.published_at",
    "a.updated_on", "a.updated_at", "a.section_path", "a.kind", "a.language",
    "a.image_url", "a.image_caption", "a.access", "r.blocks", "r.byline",
)  # fmt: skip
QUERY = f"""
SELECT f.url AS address, f.outcome, f.reason, j.detail, {", ".join(FIELDS)},
  (SELECT json_group_array(url) FROM (SELECT url FROM urls u
    WHERE u.article_id = a.id ORDER BY url)) AS addresses,
  (SELECT json_group_array(name) FROM (SELECT n.name FROM article_tags t
    JOIN tags n ON n.id = t.tag_id WHERE t.article_id = a.id ORDER BY t.position))
    AS tags
FROM fetches f LEFT JOIN articles a ON a.id = f.article_id
LEFT JOIN revisions r ON r.id = a.revision_id LEFT JOIN rejected j ON j.url = f.url
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One field of one page that is not the same."""

    url: str
    field: str
    crawled: object
    imported: object

    def __str__(self) -> str:
        """Tell it in three lines."""
        sides = f"  crawled:  {self.crawled!s:.300}\n  imported: {self.imported!s:.300}"
        return f"{self.url} {self.field}\n{sides}"


def write_warc(path: Path, server: Replay, pages: list[Served]) -> None:
    """Write what the server would answer as a WARC file of somebody else."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    wanted = [(page.address, page.target) for page in pages]
    for address in dict.fromkeys(page.address for page in pages):
        wanted += [(address, "/feed.xml"), (address, "/sitemap.xml")]
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for address, target in wanted:
            head, _, body = server.answer(address, target).partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = [tuple(line.split(": ", 1)) for line in lines]
            status = StatusAndHeaders(first.partition(" ")[2], headers, "HTTP/1.1")
            record = writer.create_warc_record(
                f"http://{address}:{server.port}{target}",
                "response",
                payload=BytesIO(body),
                length=len(body),
                http_headers=status,
                warc_headers_dict={"WARC-Date": now},
            )
            writer.write_record(record)


def import_warc(db: Path, profiles: Path, path: Path) -> dict[str, object]:
    """Run the command that a user runs."""
    command = [sys.executable, "-m", "cli", "import", "warc", str(path)]
    command += ["--db", str(db), "--sites", str(profiles), "--json"]
    ran = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE)
    told: dict[str, object] = json.loads(ran.stdout)
    return told


def told_of(db: Path) -> dict[str, dict[str, object]]:
    """What an archive says of every address."""
    with closing(open_for_reading(db)) as connection:
        rows = connection.execute(QUERY)
        names = [column[0] for column in rows.description]
        found = [dict(zip(names, row, strict=True)) for row in rows]
    return {str(one["address"]): one for one in found}


def compared(crawled: Path, imported: Path, urls: Iterable[str]) -> list[Difference]:
    """Where two archives say something else of these addresses."""
    left, right = told_of(crawled), told_of(imported)
    found = []
    for url in urls:
        one, other = left.get(url, {}), right.get(url, {})
        names = dict.fromkeys([*one, *other])
        found += [
            Difference(
                url=url, field=name, crawled=one.get(name), imported=other.get(name)
            )
            for name in names
            if one.get(name) != other.get(name)
        ]
        if not names:
            missing = "no outcome"
            found.append(
                Difference(url=url, field="all", crawled=missing, imported=missing)
            )
    return found


def compare(folder: Path, count: int, scratch: Path) -> list[Difference]:
    """Crawl and import the first pages of a folder; return what differs."""
    pages = places(folder)[:count]
    server = Replay(pages)
    profiles = scratch / "sites"
    profiles.mkdir(parents=True, exist_ok=True)
    write_profiles(pages, server.port, profiles)
    crawled, imported = scratch / "crawled.db", scratch / "imported.db"
    path = scratch / "pages.warc.gz"
    write_warc(path, server, pages)
    began = time.monotonic()
    told = import_warc(imported, profiles, path)
    middle = time.monotonic()
    crawl(crawled, profiles, server.port)
    print(f"{len(pages)} pages of {len(server.sites)} sites, {path.stat().st_size:,} B")
    print(f"imported in {middle - began:.0f} s, crawled in", end=" ")
    print(f"{time.monotonic() - middle:.0f} s")
    print(f"imported: {told['outcomes']}, passed over: {told['passed']}")
    urls = [canonical(f"http://{p.address}:{server.port}{p.target}") for p in pages]
    asked = sorted(told_of(crawled).keys() - set(urls))
    print(f"{len(asked)} more addresses asked for by the crawl, in no file: {asked}")
    return compared(crawled, imported, urls)


def main() -> None:
    """Compare, and print every difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--keep", type=Path, help="leave the two archives here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = options.keep or Path(scratch)
        found = compare(options.folder, options.pages, place)
    for difference in found:
        print(difference)
    fields = Counter(difference.field for difference in found)
    print(f"{len(found)} differences {dict(fields)}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
