"""A stored capture goes in; what the reading room shows of how it is cut comes out.

Runs in the worker process of a `cli.desk.Desk`.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from urllib.parse import urljoin

from archive.browse.cutting import Cut, Line, Uncut
from archive.errors import CaptureUnreadable
from archive.stored import StoredCapture
from archive.warc.payloads import PayloadError
from cli.labelled import Labelled, from_capture
from crawler.errors import CrawlerError
from crawler.sites.load import load_all
from crawler.sites.profile import Profile, generic
from pipelines.extract import Anatomy
from pipelines.made import extractor

logger = logging.getLogger(__name__)

GRACE_SECONDS = 10.0
"""So long after its limit a worker ends itself, if nobody else has ended it."""
MOST_LINES = 2000
"""Lines shown of one page. Of 500 real pages the median has 189, the longest 1,365; a
page of 2,000 keeps the reading room's event loop for a quarter of a second."""
MOST_CHARS = 500_000
"""Characters shown of one page."""
MOST_LINKS = 2000
"""Links shown of one page; text of further ones is shown as text."""

DAMAGED = "The capture of this page is missing or damaged, so it cannot be cut again."
FAILED = "This page could not be cut again. The server's log says why."


def profile_of(sites_folder: Path, stored: StoredCapture) -> Profile | None:
    """The profile of a capture's site; None if there is none in the folder."""
    loaded = load_all(sites_folder).profiles
    return next((p for p in loaded if p.name == stored.site), None)


def cut(
    db: Path, sites_folder: Path, stored: StoredCapture, limit_seconds: float
) -> Cut | Uncut:
    """Cut a stored page in a worker; module level, so that it can be sent there.

    The alarm ends even a worker that nobody is left to end; the pool's limit strikes
    first.
    """
    signal.setitimer(signal.ITIMER_REAL, limit_seconds + GRACE_SECONDS)
    try:
        return cut_again(db, sites_folder, stored)
    except (CaptureUnreadable, PayloadError) as error:
        logger.warning("%s cannot be cut: %s", stored.requested_url, error)
        return Uncut(why=DAMAGED)
    except Exception:  # the edge: not every exception can be sent to the server
        logger.exception("%s cannot be cut", stored.requested_url)
        return Uncut(why=FAILED)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def cut_again(db: Path, sites_folder: Path, stored: StoredCapture) -> Cut:
    """Cut a stored page by its profile; without one by the general rules.

    Raises:
        CaptureUnreadable: Its record is missing or damaged.
        PayloadError: Its content coding cannot be undone.
        ArchiveUnreadable: The archive cannot be opened, or is of another version.
    """
    profile, general = None, generic(stored.home)
    with suppress(CrawlerError):
        profile = profile_of(sites_folder, stored)
    found = from_capture(db, stored, profile or general)
    lacks_profile = profile is None and general.name != stored.site
    return shown(found, lacks_profile=lacks_profile)


def shown(found: Labelled, *, lacks_profile: bool) -> Cut:
    """Labelled pages as the reading room shows them."""
    article = found.article
    lines = tuple(lines_of(found.pages))
    return Cut(
        lines=lines,
        pages=len(found.pages),
        more=sum(len(page.parts) for page in found.pages) - len(lines),
        headline=article.headline if article else None,
        standfirst=article.standfirst if article else None,
        blocks=article.blocks if article else (),
        extractor=extractor(),
        lacks_profile=lacks_profile,
    )


def lines_of(pages: Iterable[Anatomy]) -> Iterator[Line]:
    """Yield lines with their links resolved, until one of the limits is reached."""
    chars, links = MOST_CHARS, MOST_LINKS
    numbered = (
        (n, page, part) for n, page in enumerate(pages, 1) for part in page.parts
    )
    for number, found, part in islice(numbered, MOST_LINES):
        if chars <= 0:
            return
        yield Line(
            page=number,
            role=part.role,
            rule=part.rule,
            kept=part.kept,
            text=part.text if len(part.text) <= chars else part.text[:chars] + "…",
            level=part.level,
            path=part.path,
            links=tuple(resolved(part.links[:links], found.page.url)),
        )
        chars -= len(part.text)
        links = max(0, links - len(part.links))


def resolved(links: Iterable[tuple[str, str]], base: str) -> Iterator[tuple[str, str]]:
    """Links with absolute targets; one that cannot be resolved stays as written."""
    for target, text in links:
        address = target.strip()
        with suppress(ValueError):
            address = urljoin(base, address)
        yield address, text
