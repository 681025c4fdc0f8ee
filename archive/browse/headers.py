"""An ASGI application goes in; the same with security headers on answers comes out.

Our own pages need no script at all. Datasette's own pages need theirs: each inline
script of a template is allowed by its hash, so that text from the web that slipped
into a page would still not run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasette.app import Datasette

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

FRAME = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
OURS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; "
    f"img-src 'self' data:; script-src 'none'; {FRAME}"
}
"""Headers of the reading room's own pages."""
ALWAYS = {"x-content-type-options": "nosniff", "referrer-policy": "same-origin"}

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
FLAG = "{{ datasette_allow_facet }}"
"""The only value that Datasette's templates write into an inline script."""


def wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Make the wrapper that Datasette puts around its application."""

    def wrap(app: App) -> App:
        return _with_headers(datasette, app)

    return wrap


def _with_headers(datasette: Datasette, app: App) -> App:
    """Add the headers that an answer does not carry already."""
    policies: list[str] = []

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                if not policies:
                    policies.append(policy(datasette))
                _add(message, ALWAYS | {"content-security-policy": policies[0]})
            await send(message)

        await app(scope, receive, sending)

    return wrapped


def _add(message: MutableMapping[str, Any], wanted: dict[str, str]) -> None:
    """Add headers to the start of an answer unless they are there."""
    present = list(message.get("headers") or ())
    names = {name.lower() for name, _ in present}
    for name, value in wanted.items():
        if name.encode() not in names:
            present.append((name.encode(), value.encode()))
    message["headers"] = present


def policy(datasette: Datasette) -> str:
    """The content security policy of Datasette's own pages.

    Where another plugin writes scripts into pages, hashes cannot be known beforehand
    and inline scripts are allowed as a whole.
    """
    from datasette.plugins import pm  # loads this plugin, so not before it is loaded

    allowed = "'unsafe-inline'"
    if not pm.hook.extra_body_script.get_hookimpls():
        allowed = " ".join(_hashes(datasette))
    return (
        f"default-src 'none'; script-src 'self' {allowed}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; {FRAME}"
    )


def _hashes(datasette: Datasette) -> Iterator[str]:
    """Hashes of the inline scripts in all templates, as a policy writes them."""
    found = {script for script in _scripts(datasette) if "{" + "{" not in script}
    for script in sorted(found):
        digest = hashlib.sha256(script.encode()).digest()
        yield f"'sha256-{base64.b64encode(digest).decode()}'"


def _scripts(datasette: Datasette) -> Iterator[str]:
    """Inline scripts as the templates write them, with FLAG filled in both ways."""
    env = datasette.jinja_env
    for name in env.list_templates(extensions=["html"]):
        source, _, _ = env.loader.get_source(env, name)
        for script in SCRIPT.findall(source.replace("\r\n", "\n")):
            yield script.replace(FLAG, "true")
            yield script.replace(FLAG, "false")
