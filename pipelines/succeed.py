"""A crawl's end goes in; what articles say where they live now is taken over.

An article that a site has moved is found at its new address first, as an alias, and led
by it once the former one is known to be given up. What the new address showed is then
the article's text: a revision where it was edited on the way. It is read from the
capture; nothing is fetched again.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.errors import CaptureUnreadable
from archive.warc.payloads import PayloadError
from crawler.errors import InvalidUrl
from pipelines.extract.stage import cut_out
from pipelines.identify import with_identity
from pipelines.reextract import draft_of
from pipelines.refresh import refresh
from pipelines.remember import memory_of
from pipelines.revise import with_revision
from pipelines.store import store
from pipelines.validate import check

if TYPE_CHECKING:
    from archive.stored import StoredCapture
    from archive.write import Archive
    from crawler.sites.profile import Profile
    from pipelines.workers import Workers

logger = logging.getLogger(__name__)


async def succeed(archive: Archive, profile: Profile, pool: Workers) -> int:
    """Take what a site's last crawl saw at addresses that have come to lead articles.

    Returns:
        How many articles had been edited on the way.
    """
    revised = 0
    for stored in archive.successors(profile.name):
        try:
            revised += await _take(stored, archive, profile, pool)
        except (CaptureUnreadable, PayloadError, InvalidUrl) as error:
            logger.warning("%s: %s", stored.requested_url, error)
    return revised


async def _take(
    stored: StoredCapture, archive: Archive, profile: Profile, pool: Workers
) -> bool:
    """Read one capture again; return whether its article had been edited."""
    memory = memory_of(archive.memories, stored.site)
    draft = await cut_out(draft_of(stored, archive), profile, memory, pool)
    if draft.article is None or check(draft) is not None:
        return False
    await refresh(draft, archive, profile, pool)
    draft = with_identity(draft, draft.article, archive)
    draft = with_revision(draft, archive)
    assert draft.decision  # noqa: S101
    is_revised = draft.decision.outcome == "revised"
    if not is_revised:  # as it was counted before; but it is not due at once any more
        draft = replace(draft, decision=replace(draft.decision, outcome="alias"))
    store(draft, archive)
    archive.recount(stored.crawl_id)
    return is_revised
