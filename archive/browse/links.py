"""An address from the web goes in; one that is safe to link to comes out, or None."""

from __future__ import annotations

import re

WEB = re.compile(r"https?://[^\s\x00-\x20\x7f\"<>\\^`{|}]+", re.IGNORECASE)
"""An absolute http(s) address without white space, controls or characters that a URL
must not hold; everything else, javascript: above all, is shown as text only."""


def web_url(value: object) -> str | None:
    """The address if it is http or https, else None."""
    if isinstance(value, str) and WEB.fullmatch(value):
        return value
    return None
