"""Serve a folder of real pages on loopback, crawl them as a user would, and score it.

    python benchmarks/replay.py DIR [--db FILE] [--out predictions.jsonl]

DIR holds truth.jsonl and pages/<id>.html.gz. Each site of the folder gets a loopback
address of its own (127.x.y.z, one port), a feed and a sitemap; `cuttings crawl` crawls
them with a profile each that names nothing but these two routes. The predictions are
read from the archive, standfirst and body together, as pages show them. Beside DIR,
score.py is run on them if it is there.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive.database import open_for_reading  # noqa: E402
from crawler.urls import canonical  # noqa: E402

FEED_ITEMS = 20
"""A feed names only the newest, as feeds do; the sitemap names all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """One page of the folder at its loopback address."""

    id: str
    site: str
    """Name of the profile."""
    address: str
    """127.x.y.z"""
    target: str
    """Path and query."""
    file: Path


def places(folder: Path) -> list[Served]:
    """Give every row of truth.jsonl an address; paths stay those of the real URL."""
    addresses: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    found = []
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        domain = row.get("domain") or f"unknown-{row['id']}"
        if domain not in addresses:
            n = len(addresses) + 1
            addresses[domain] = f"127.{1 + n // 62500}.{n // 250 % 250}.{1 + n % 250}"
        address = addresses[domain]
        target = target_of(row, address)
        if (address, target) in taken:
            target = f"/again/{row['id']}{target}"
        taken.add((address, target))
        site = f"s{address.replace('.', '-')}"
        file = folder / "pages" / f"{row['id']}.html.gz"
        found.append(
            Served(id=row["id"], site=site, address=address, target=target, file=file)
        )
    return found


def target_of(row: dict[str, str], address: str) -> str:
    """Path and query under which a page is served, as the crawler normalises them."""
    parts = urlsplit(row.get("url") or "")
    path = "/" + quote(parts.path.lstrip("/"), safe="/%:@!$&'()*+,;=-._~")
    if path == "/":
        path = f"/{row['id']}"
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=-._~?')}" if parts.query else ""
    normal = urlsplit(canonical(f"http://{address}{path}{query}"))
    return normal.path + (f"?{normal.query}" if normal.query else "")


class Replay:
    """Serves the pages from a thread; the address asked decides which site answers."""

    def __init__(self, pages: list[Served]) -> None:
        self.pages = {(page.address, page.target): page for page in pages}
        self.sites: dict[str, list[Served]] = defaultdict(list)
        for page in pages:
            self.sites[page.address].append(page)
        self.sockets = listen(list(self.sites))
        self.port = self.sockets[0].getsockname()[1]
        threading.Thread(target=asyncio.run, args=(self.serve(),), daemon=True).start()

    async def serve(self) -> None:
        """Accept connections on every address, for as long as the process lives."""
        for sock in self.sockets:
            await asyncio.start_server(self.connection, sock=sock)
        await asyncio.Event().wait()

    async def connection(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer the requests of one connection."""
        address = writer.get_extra_info("sockname")[0]
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                writer.write(self.answer(address, head.split(" ")[1]))
                await writer.drain()
        writer.close()

    def answer(self, address: str, target: str) -> bytes:
        """The whole response to a request."""
        site = self.sites[address]
        base = f"http://{address}:{self.port}"
        page = self.pages.get((address, target))
        if target == "/feed.xml":
            return response("200 OK", "application/rss+xml", feed(base, site))
        if target == "/sitemap.xml":
            return response("200 OK", "application/xml", sitemap(base, site))
        if page is None or not page.file.is_file():
            return response("404 Not Found", "text/html", b"<h1>Not Found</h1>")
        return response("200 OK", "text/html", page.file.read_bytes())


def listen(addresses: list[str]) -> list[socket.socket]:
    """A listening socket on each address, all on one free port."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    sockets: list[socket.socket] = []
    for address in addresses:
        port = sockets[0].getsockname()[1] if sockets else 0
        sockets.append(socket.create_server((address, port), backlog=64))
    return sockets


def response(status: str, kind: str, payload: bytes) -> bytes:
    """A response; pages are sent gzipped, as they lie in the folder."""
    coding = "Content-Encoding: gzip\r\n" if payload[:2] == b"\x1f\x8b" else ""
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{coding}"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload


def feed(base: str, site: list[Served]) -> bytes:
    """An RSS feed of the last pages, with addresses only."""
    items = "".join(
        f"<item><link>{escape(base + page.target)}</link></item>"
        for page in site[-FEED_ITEMS:]
    )
    xml = f'<rss version="2.0"><channel><title>replay</title>{items}</channel></rss>'
    return xml.encode()


def sitemap(base: str, site: list[Served]) -> bytes:
    """A sitemap of all pages."""
    urls = "".join(f"<url><loc>{escape(base + p.target)}</loc></url>" for p in site)
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}{urls}</urlset>".encode()


def write_profiles(pages: list[Served], port: int, folder: Path) -> None:
    """One profile a site, with its two routes and nothing else."""
    for page in {page.address: page for page in pages}.values():
        (folder / f"{page.site}.toml").write_text(
            f'title = "{page.site}"\nhome = "http://{page.address}:{port}/"\n'
            "delay_seconds = 0.0\nmax_pages = 100000\nverified = false\n"
            'source = "benchmarks/replay.py"\n'
            '[routes]\nfeeds = ["/feed.xml"]\nsitemaps = ["/sitemap.xml"]\n',
            encoding="utf-8",
        )


def crawl(db: Path, folder: Path, port: int) -> None:
    """Run the command that a user runs."""
    command = [sys.executable, "-m", "cli", "crawl", "--db", str(db)]
    command += ["--sites", str(folder), "--allow-private", f"127.0.0.0/8:{port}"]
    command += ["--sites-at-once", "16", "--json"]
    subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.DEVNULL)


def predictions(db: Path, pages: list[Served], port: int) -> list[dict[str, object]]:
    """What the archive says of every page that is an article."""
    connection = open_for_reading(db)
    query = (
        "SELECT r.standfirst, r.body, r.headline, a.published_on,"
        " (SELECT json_group_array(name) FROM (SELECT n.name FROM article_authors j"
        "  JOIN authors n ON n.id = j.author_id WHERE j.article_id = a.id"
        "  ORDER BY j.position))"
        " FROM urls f JOIN articles a ON a.id = f.article_id"
        " JOIN revisions r ON r.id = a.revision_id WHERE f.url = ?"
    )
    found = []
    for page in pages:
        url = canonical(f"http://{page.address}:{port}{page.target}")
        row = connection.execute(query, (url,)).fetchone()
        if row is not None:
            found.append(
                {
                    "id": page.id,
                    "body": "\n".join(part for part in row[:2] if part),
                    "title": row[2],
                    "date_published": row[3],
                    "authors": json.loads(row[4]),
                }
            )
    connection.close()
    return found


def account(db: Path, pages: list[Served], port: int) -> Counter[str]:
    """What became of every page."""
    connection = open_for_reading(db)
    found: Counter[str] = Counter()
    for page in pages:
        url = canonical(f"http://{page.address}:{port}{page.target}")
        row = connection.execute(
            "SELECT outcome, reason FROM fetches WHERE url = ?", (url,)
        ).fetchone()
        found[": ".join(part for part in row if part) if row else "MISSING"] += 1
    connection.close()
    return found


def main() -> None:
    """Serve, crawl, write the predictions, print the accounts and the score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--out", type=Path, default=Path("predictions.jsonl"))
    options = parser.parse_args()
    pages = places(options.folder)
    server = Replay(pages)
    with tempfile.TemporaryDirectory() as scratch:
        profiles = Path(scratch) / "sites"
        profiles.mkdir()
        db = options.db or Path(scratch) / "replay.db"
        write_profiles(pages, server.port, profiles)
        began = time.monotonic()
        crawl(db, profiles, server.port)
        seconds = time.monotonic() - began
        rows = predictions(db, pages, server.port)
        counts = account(db, pages, server.port)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(pages)} pages of {len(server.sites)} sites in {seconds:.0f} s")
    for outcome, count in counts.most_common():
        print(f"{count:6} {outcome}")
    score = options.folder.parent / "score.py"
    if score.is_file():
        truth = options.folder / "truth.jsonl"
        command = [sys.executable, str(score), str(truth), str(options.out)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
