"""A phase in, three titles on loopback out, with counts, faults and site profiles."""

from __future__ import annotations

import json
import socket
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Literal

from demo.faults import FAULTS, Fault, UnknownFaultError
from demo.model import Phase
from demo.moving import MOVING, Move, moved_articles
from demo.newsroom import COUNTS, newsroom
from demo.server import Server
from demo.site import Site, normal_target
from demo.truth import truth
from demo.vocabulary import trade

Structure = Literal["old", "wp", "soup"]
STRUCTURES: dict[str, Structure] = {
    "townhall": "old",
    "girder": "wp",
    "carton": "soup",
}
HOME = "http://127.0.0.1:0/"
"""What stands in the profiles' templates for the address of the running title."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoSite:
    """Where one title is served."""

    name: str
    """Name of the site and of its profile: townhall, girder or carton."""
    title: str
    """The publication's name as its pages print it."""
    base_url: str
    """http://127.0.0.1:PORT without a slash at the end; add a path to it."""
    structure: Structure
    """old: a patched Drupal; wp: WordPress; soup: tables without classes."""


class UnknownSiteError(LookupError):
    """Somebody asks for a title that does not exist."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"site {name!r} is not known; use one of {', '.join(COUNTS)}")


class DemoPublisher:
    """Serves the made-up titles while its `with` block lasts."""

    def __init__(
        self,
        phase: Phase = "first",
        *,
        port_base: int = 0,
        crawl_delay: float | None = 0.05,
        scale: int = 1,
        move: Move | None = None,
    ) -> None:
        """Prepare the titles; nothing listens before the `with` block begins.

        Args:
            phase: What the titles show at first; see `switch`.
            port_base: Port of the first title, the others follow; 0 takes free ones.
            crawl_delay: Seconds that carton's robots.txt asks for; None for none.
            scale: Multiplies the number of articles, for load tests.
            move: Lets Townhall Circuit move from one content system to another, and
                says which it has; see `move`. Its phases are of no account then.
        """
        self._phase: Phase = phase
        self._port_base = port_base
        self._crawl_delay = crawl_delay
        self._scale = scale
        self._move = move
        self._served: dict[str, Site] = {}
        self._server: Server | None = None

    def __enter__(self) -> DemoPublisher:
        room = newsroom(scale=self._scale)
        bound: list[tuple[Site, socket.socket]] = []
        try:
            for place, name in enumerate(COUNTS):
                listener = self._bind(place)
                site = Site(
                    name=name,
                    room=room,
                    base_url=f"http://127.0.0.1:{listener.getsockname()[1]}",
                    crawl_delay=self._crawl_delay if name == "carton" else None,
                    phase=self._phase,
                    move=self._move if name == MOVING else None,
                )
                bound.append((site, listener))
        except OSError:
            for _, listener in bound:
                listener.close()
            raise
        self._served = {site.name: site for site, _ in bound}
        self._server = Server()
        self._server.start(bound)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server:
            self._server.stop()
            self._server = None

    def _bind(self, place: int) -> socket.socket:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", self._port_base and self._port_base + place))
        except OSError:
            listener.close()
            raise
        return listener

    @property
    def sites(self) -> tuple[DemoSite, ...]:
        """The titles with their addresses."""
        return tuple(
            DemoSite(
                name=name,
                title=trade(name).title,
                base_url=site.base_url,
                structure=STRUCTURES[name],
            )
            for name, site in self._served.items()
        )

    def site(self, name: str) -> DemoSite:
        """One title by its name."""
        return next(one for one in self.sites if one.name == self._find(name).name)

    @property
    def phase(self) -> Phase:
        """What the titles show now."""
        return self._phase

    def switch(self, phase: Phase) -> None:
        """Let all titles show another phase from the next request on."""
        self._phase = phase
        for site in self._served.values():
            site.phase = phase

    def move(self, move: Move) -> None:
        """Let Townhall Circuit move to another system from the next request on."""
        self._move = move
        self._find(MOVING).move = move

    def requests(self, site: DemoSite | str) -> Counter[str]:
        """How often each path and query of a title was asked for, as it was asked."""
        return Counter(self._find(site).counts)

    def forget_requests(self) -> None:
        """Start counting afresh on all titles."""
        for site in self._served.values():
            site.counts.clear()

    def fail(self, site: DemoSite | str, path: str, fault: Fault) -> None:
        """Make one address of a title misbehave until it is cleared.

        Faults named "once" and "429-retry-after" are over after one answer.
        """
        if fault not in FAULTS:
            raise UnknownFaultError(fault)
        self._find(site).faults[normal_target(path)] = fault

    def clear(self, site: DemoSite | str | None = None) -> None:
        """Take the faults of one title back, or those of all."""
        for one in self._served.values() if site is None else [self._find(site)]:
            one.faults.clear()

    def profiles(self, folder: Path) -> tuple[Path, ...]:
        """Write one site profile per title, with the running address in it."""
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for site in self.sites:
            file = folder / f"{site.name}.toml"
            file.write_text(self._profile(site), encoding="utf-8")
            written.append(file)
        return tuple(written)

    def _profile(self, site: DemoSite) -> str:
        if self._move and site.name == MOVING:
            return _moving_profile(site, self._move)
        return _profile(site, self._scale)

    def _find(self, site: DemoSite | str) -> Site:
        name = site if isinstance(site, str) else site.name
        if name not in self._served:
            raise UnknownSiteError(name)
        return self._served[name]


def _profile(site: DemoSite, scale: int) -> str:
    """The title's profile, with a check from its newest article."""
    own = [one for one in truth("first", scale) if one.site == site.name]
    return _filled(site, site.name, own[-1].path, own[-1].blocks[0].text)


def _moving_profile(site: DemoSite, move: Move) -> str:
    """The profile of the title that moves, as its present system needs it."""
    newest = [one for one in moved_articles() if not one.is_new][-1].shown[move.now]
    template = f"{site.name}-dated" if move.now == "dated" else site.name
    return _filled(site, template, newest.path, newest.blocks[0].text)


def _filled(site: DemoSite, name: str, path: str, phrase: str) -> str:
    """The template with the title's address, and a check for one article."""
    template = files("demo") / "profiles" / f"{name}.toml"
    text = template.read_text(encoding="utf-8").replace(HOME, f"{site.base_url}/")
    url = json.dumps(site.base_url + path)
    said = json.dumps(phrase[:60], ensure_ascii=False)
    return f"{text}\n[[checks]]\nurl = {url}\ncontains = {said}\n"
