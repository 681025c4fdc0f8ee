"""A request goes in; one of the plugin's style sheets comes out."""

from __future__ import annotations

from pathlib import Path

from datasette import Response
from datasette.utils.asgi import NotFound, Request

FOLDER = Path(__file__).parent / "static"
SHEETS = ("cuttings", "tables")


def view(request: Request) -> Response:
    """Serve a style sheet under one address whatever the plugin is installed as."""
    name = request.url_vars["sheet"]
    if name not in SHEETS:
        raise NotFound(f"There is no style sheet {name}")
    return Response(
        (FOLDER / f"{name}.css").read_text(encoding="utf-8"),
        headers={"cache-control": "max-age=3600"},
        content_type="text/css; charset=utf-8",
    )
