"""An address goes in; the site that it belongs to comes out, if it is wanted at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from crawler.errors import InvalidUrl
from crawler.sites.profile import Profile, generic
from crawler.urls import host, path_and_query


@dataclass(kw_only=True, slots=True)
class Sites:
    """Whose each address is."""

    profiles: Sequence[Profile] = ()
    named: str | None = None
    """The site that every page belongs to; None to tell by its address."""
    only: Sequence[str] = ()
    """HOST or HOST/PATTERN of the addresses that are wanted; all where empty."""
    _known: dict[str, Profile] = field(default_factory=dict)
    """Profiles by name, as far as they were met."""
    _by_host: dict[str, Profile] = field(default_factory=dict)

    def of(self, url: str) -> Profile | None:
        """The site of a normalised address; None if the address is not wanted.

        Raises:
            InvalidUrl: It is no http(s) address.
        """
        if self.only and not any(matches(url, rule) for rule in self.only):
            return None
        found = self._site(url)
        return self._known.setdefault(found.name, found)

    def profile(self, name: str) -> Profile:
        """The site of that name, met before."""
        return self._known[name]

    def _site(self, url: str) -> Profile:
        if self.named is not None:
            return self._known.get(self.named) or self._made(self.named, url)
        name = url.split("/", 3)[2]
        if name not in self._by_host:
            owners = (one for one in self.profiles if one.owns(url))
            self._by_host[name] = next(owners, None) or generic(url)
        return self._by_host[name]

    def _made(self, name: str, url: str) -> Profile:
        """The profile of a name; where there is none one by general rules."""
        found = (one for one in self.profiles if one.name == name)
        return next(found, None) or replace(generic(url), name=name, title=name)


def matches(url: str, rule: str) -> bool:
    """Whether an address is one that a rule names.

    Args:
        url: A normalised address.
        rule: A host, which stands for those under it too, or with "*" in it; and a path
            that the address begins with, or with "*" in it. Case does not matter in
            the host.
    """
    wanted, slash, path = rule.partition("/")
    wanted = wanted.lower()
    try:
        name, place = host(url), path_and_query(url)
    except InvalidUrl:
        return False
    is_host = name == wanted or name.endswith("." + wanted)
    if not is_host and not ("*" in wanted and fnmatchcase(name, wanted)):
        return False
    if "*" in path:
        return fnmatchcase(place, slash + path)
    return place.startswith(slash + path)
