"""A profile goes in; the spider class for it comes out."""

from __future__ import annotations

from crawler.sites.profile import Profile
from crawler.spiders.site import SiteSpider


def spider_for(
    profile: Profile, base: type[SiteSpider] = SiteSpider, *, module: str = __name__
) -> type[SiteSpider]:
    """Make a spider class.

    Args:
        profile: The site.
        base: What kind of spider.
        module: Where the class will be found; Scrapy lists those of its own modules.
    """
    attributes = {"name": profile.name, "profile": profile, "__module__": module}
    return type(f"Site_{profile.name}", (base,), attributes)
