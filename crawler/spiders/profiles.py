"""The site profiles go in; one spider class each comes out, where Scrapy finds them.

A profile that cannot be used is reported and leaves out its own spider only.
"""

from __future__ import annotations

import logging
from pathlib import Path

from crawler.errors import ProfileError
from crawler.settings import SITES
from crawler.sites.load import load_all
from crawler.spiders.making import spider_for

logger = logging.getLogger(__name__)


def _publish() -> None:
    try:
        loaded = load_all(Path(SITES))
    except ProfileError as error:
        logger.error("%s", error)
        return
    for problem in loaded.problems:
        logger.error("profile left out: %s", problem)
    for profile in loaded.profiles:
        spider = spider_for(profile, module=__name__)
        globals()[spider.__name__] = spider


_publish()
