"""The draft of an imported text's capture goes in; the same, cut by today's rules, out.

What re-extraction does with the captures that are `resource` records.
"""

from __future__ import annotations

import json
from dataclasses import replace

from crawler.sites.profile import Profile
from pipelines.draft import Draft

from .article import article_of
from .formats import FORMATS, sniff, text_of
from .memory import NOTHING, Memory
from .prepare import judged, setting_of


def cut_again(
    draft: Draft, profile: Profile, hints: str, memory: Memory = NOTHING
) -> Draft:
    """Cut an imported text again.

    Args:
        draft: With its page; the body is the text.
        profile: Of the site.
        hints: As in `captures`: how the text was read when it was imported.
        memory: What is known of the site.
    """
    try:
        text = text_of(draft.page.body)
    except ValueError as error:
        return replace(draft, failure=str(error))
    form = format_of(hints) or sniff(text)
    own = FORMATS[form].read(text, NOTHING).facts.headline
    reading = FORMATS[form].read(text, memory.without(own))
    article = article_of(reading, setting_of(draft.page.url, profile))
    return replace(draft, article=article, rejection=judged(draft.page, article, form))


def format_of(hints: str) -> str | None:
    """The format that an import noted, if it is one that is known today."""
    for hint in json.loads(hints):
        if hint.get("route") == "import" and hint.get("format") in FORMATS:
            return str(hint["format"])
    return None
