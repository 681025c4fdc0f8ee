"""The naive pipeline: Scrapy, trafilatura in the item pipeline, a commit an item.

    python benchmarks/naive.py SITEMAP_URL DB

What a good tutorial ends with; the measure for benchmarks/throughput.py.
"""

from __future__ import annotations

import re
import sqlite3
import sys

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from trafilatura import bare_extraction


class NaiveSpider(scrapy.Spider):
    name = "naive"
    custom_settings = {  # noqa: RUF012 - Scrapy's form
        "ITEM_PIPELINES": {"__main__.NaivePipeline": 1},
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "ERROR",
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
    }

    async def start(self):
        yield scrapy.Request(sys.argv[1], self.parse_sitemap)

    def parse_sitemap(self, response):
        for url in re.findall(r"<loc>(.*?)</loc>", response.text):
            yield scrapy.Request(url.replace("&amp;", "&"), self.parse)

    def parse(self, response):
        yield {"url": response.url, "html": response.text}


class NaivePipeline:
    def open_spider(self):
        self.db = sqlite3.connect(sys.argv[2])
        self.db.execute("CREATE TABLE articles (url, title, author, date, text)")

    def process_item(self, item):
        found = bare_extraction(item["html"], url=item["url"], with_metadata=True)
        if found is not None:
            row = (item["url"], found.title, found.author, found.date, found.text)
            self.db.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?)", row)
            self.db.commit()
        return item


if __name__ == "__main__":
    process = AsyncCrawlerProcess()
    process.crawl(NaiveSpider)
    process.start()
