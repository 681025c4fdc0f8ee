"""In: what went wrong, as attributes; out: the crawler's exceptions, one base.

    CrawlerError
    ├── InvalidUrl       an address that is no http(s) address
    ├── ProfileError     a site profile that cannot be used (path, key)
    ├── UnknownSite      a site's name without a profile
    ├── MissingContact   a live crawl without a contact in the user agent
    └── PrivateAddress   a host that resolves to a private or loopback address

Every message names what is wrong, where, and what to do next.
"""

from __future__ import annotations

from pathlib import Path


class CrawlerError(Exception):
    """Base of every exception that the crawler raises on purpose."""


class InvalidUrl(CrawlerError):
    """An address that is no http(s) address."""

    def __init__(self, url: str, reason: str) -> None:
        """Keep the address as given and the reason as a clause without full stop."""
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        """Name the address, cut to 200 characters, the reason and the remedy."""
        return (
            f"not a web address: {self.url[:200]!r} ({self.reason}). "
            "Give an absolute address that starts with http:// or https://."
        )


class ProfileError(CrawlerError):
    """A site profile that cannot be used."""

    def __init__(self, path: Path, key: str | None, reason: str) -> None:
        """Keep the file, the dotted key (None: the whole file) and the reason."""
        super().__init__(path, key, reason)
        self.path = path
        self.key = key
        self.reason = reason

    def __str__(self) -> str:
        """Name the file, the key and the reason."""
        where = f"{self.path}: {self.key}" if self.key else f"{self.path}"
        return f"{where}: {self.reason}"


class UnknownSite(CrawlerError):
    """A site's name without a profile."""

    def __init__(self, site: str, known: tuple[str, ...]) -> None:
        """Keep the name asked for and the names there are."""
        super().__init__(site, known)
        self.site = site
        self.known = known

    def __str__(self) -> str:
        """Name the site, the known sites and where a profile goes."""
        return (
            f"no site profile is called {self.site!r}. "
            f"Known sites: {', '.join(self.known) or 'none'}. "
            f"Add crawler/sites/{self.site}.toml (docs/site-profiles.md says how)."
        )


class MissingContact(CrawlerError):
    """A live crawl was asked for without a contact in the user agent."""

    def __init__(self, setting: str) -> None:
        """Keep the name of the setting that holds the contact."""
        super().__init__(setting)
        self.setting = setting

    def __str__(self) -> str:
        """Say which setting to fill and with what."""
        return (
            f"{self.setting} is empty, so publishers could not reach you. Give an "
            "e-mail or web address with --contact before a live crawl, or set "
            f"{self.setting} to it."
        )


class PrivateAddress(CrawlerError):
    """A host that resolves to a private, loopback or otherwise unpublic address."""

    def __init__(self, url: str, address: str) -> None:
        """Keep the address asked for and the IP address it led to."""
        super().__init__(url, address)
        self.url = url
        self.address = address

    def __str__(self) -> str:
        """Name both addresses and the option that would allow them."""
        return (
            f"refused to fetch {self.url[:200]!r}: {self.address} is not a public "
            "address. Name it with --allow-private HOST:PORT if it is yours."
        )
