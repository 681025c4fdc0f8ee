"""Scrapy's settings; every one that differs from Scrapy's default says why.

Site facts live in crawler/sites/*.toml, everything else lives here: no third place.
Environment variables CUTTINGS_* set what an operator must be able to set.
"""

from __future__ import annotations

import logging
import math
import os
import re
import sys
from pathlib import Path

from crawler.errors import CrawlerError

ROOT = Path(__file__).resolve().parent.parent
# PyPI has packages called crawler, pipelines and archive; ours must win.
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

BOT_NAME = "cuttings"
SPIDER_MODULES = ["crawler.spiders.profiles"]
NEWSPIDER_MODULE = "crawler.spiders"

# Ours. ARCHIVE: the file to write. SITES: the folder of site profiles. ALLOW_PRIVATE:
# HOST:PORT of unpublic addresses that may be fetched. CONTACT: see user_agent; without
# it public addresses are refused. RETRY_AFTER_MOST_SECONDS: longest pause that a server
# is granted. CRAWL_DELAY_MOST_SECONDS: a site that asks for more is not crawled.
ARCHIVE = os.environ.get("CUTTINGS_DB", "archive.db")
SITES = os.environ.get("CUTTINGS_SITES", str(ROOT / "crawler" / "sites"))
ALLOW_PRIVATE = os.environ.get("CUTTINGS_ALLOW_PRIVATE", "").split()
CONTACT = os.environ.get("CUTTINGS_CONTACT", "")
RETRY_AFTER_MOST_SECONDS = 120.0
CRAWL_DELAY_MOST_SECONDS = 120.0

PRODUCT = "Cuttings"
VERSION = "0.1"


# An e-mail or web address: nothing that could end the header or its comment.
_CONTACT = re.compile(
    r"https?://[^\s()<>\"]+\.[^\s()<>\"]+|[^\s@()<>\"]+@[^\s@()<>\"]+"
)


class InvalidSetting(CrawlerError):
    """A setting or environment variable with a value that cannot be used."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        """Keep the setting's name, its value and what it must be."""
        super().__init__(name, value, wanted)
        self.name = name
        self.value = value
        self.wanted = wanted

    def __str__(self) -> str:
        """Name the setting, its value and what it must be."""
        return f"{self.name} is {self.value[:200]!r}; it must be {self.wanted}"


def user_agent(contact: str) -> str:
    """The user agent: product token (RFC 9309, 2.2.1), version and contact.

    Raises:
        InvalidSetting: The contact is no e-mail or web address.
    """
    if contact and not (contact.isascii() and _CONTACT.fullmatch(contact)):
        wanted = "an e-mail address or a web address with http:// or https://"
        raise InvalidSetting("CUTTINGS_CONTACT", contact, wanted)
    return f"{PRODUCT}/{VERSION} (press archive; +{contact or 'loopback test'})"


def number(name: str, default: float, *, least: float = 0.0) -> float:
    """Read a number from the environment.

    Raises:
        InvalidSetting: It is no number, or less than `least`.
    """
    text = os.environ.get(name)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < least:
        raise InvalidSetting(name, text, f"a number from {least:g} up")
    return value


def log_level(name: str, default: str) -> str:
    """Read the name of a log level from the environment.

    Raises:
        InvalidSetting: There is no such level.
    """
    text = (os.environ.get(name) or default).upper()
    if text not in logging.getLevelNamesMapping():
        raise InvalidSetting(name, text, "DEBUG, INFO, WARNING, ERROR or CRITICAL")
    return text


USER_AGENT = user_agent(CONTACT)
ROBOTSTXT_USER_AGENT = PRODUCT

# Politeness. The profile's delay is the least between two requests to a site, so there
# is no jitter, which goes both ways; AutoThrottle adds to it when the site is slow.
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0
AUTOTHROTTLE_ENABLED = True  # in the form of crawler.throttle.Throttle, see EXTENSIONS
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 4.0
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 8
COOKIES_ENABLED = True

# Limits. A page of more than 10 MiB or 20 s is no article.
DOWNLOAD_TIMEOUT = number("CUTTINGS_PAGE_SECONDS", 20.0, least=1.0)
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 6
METAREFRESH_MAXDELAY = 5  # s; a page that moves on later than that is read itself
RETRY_TIMES = 2
RETRY_HTTP_CODES = [429, 500, 502, 503, 504, 522, 524, 408]
RETRY_PRIORITY_ADJUST = -1
CLOSESPIDER_TIMEOUT = number("CUTTINGS_CRAWL_SECONDS", 6 * 3600, least=1.0)
URLLENGTH_LIMIT = 8000
DEPTH_LIMIT = 0  # bounded by the spiders themselves
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # newest first, as named
TWISTED_DNS_RESOLVER = "crawler.resolver.GuardedResolver"
DOWNLOAD_HANDLERS = {
    "http": "crawler.connections.BoundedHandler",
    "https": "crawler.connections.BoundedHandler",
    "file": None,
    "ftp": None,
    "data": None,
    "s3": None,
}
# What is archived must come from the publisher: an untrusted certificate is a failure.
DOWNLOAD_VERIFY_CERTIFICATES = True

# Every status reaches the spider: each URL must end as one outcome.
HTTPERROR_ALLOW_ALL = True
# Addresses are made unique by the frontier; a second filter would only hide errors.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
# One item a response: at Scrapy's 100 each response makes 100 tasks.
CONCURRENT_ITEMS = 2
# Bytes of pages that one site's crawl holds while they are cut: at 1 MB five to ten
# real pages, enough for every core; at Scrapy's 5 MB many sites would fill memory.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 1_000_000

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.middlewares.guard.GuardMiddleware": 50,  # before robots.txt is asked for
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.backoff.BackoffMiddleware": 550,
    "crawler.middlewares.refresh.RefreshMiddleware": 580,
    "crawler.middlewares.wire.WireMiddleware": 590,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}
# The one place that states the order of the stages.
ITEM_PIPELINES = {
    "pipelines.capture.CaptureStage": 100,  # Page -> Draft, its bytes kept first
    "pipelines.extract.stage.ExtractStage": 200,  # the article cut out, in a worker
    "pipelines.validate.ValidateStage": 300,  # no article: recorded, dropped
    "pipelines.refresh.RefreshStage": 350,  # an old text cut as this one, to compare
    "pipelines.identify.IdentifyStage": 400,  # which article, by its addresses
    "pipelines.deduplicate.DeduplicateStage": 500,  # which article, by its text
    "pipelines.revise.ReviseStage": 600,  # whether its text has changed
    "pipelines.store.StoreStage": 700,  # rows in archive.db
}
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "crawler.throttle.Throttle": 0,
    "crawler.stopping.Stopping": 0,
    "crawler.commits.Commits": 0,
    "pipelines.settle.Settling": 0,  # at the end: what the site's pages teach
}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # runs Python sent to it over HTTP; never here
REFERRER_POLICY = "no-referrer"  # what an archive reads is nobody else's business
LOG_LEVEL = log_level("CUTTINGS_LOG", "INFO")  # DEBUG costs 5 %
LOG_FORMATTER = "crawler.logs.ShortLog"
FEED_EXPORT_ENCODING = "utf-8"
