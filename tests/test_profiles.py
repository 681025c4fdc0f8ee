"""In: profile files, good and broken; out: facts about crawler.sites."""

from __future__ import annotations

import pickle
import re
from datetime import date
from pathlib import Path

import pytest

from crawler.errors import ProfileError
from crawler.sites.load import FOLDER, MAX_BYTES, load, load_all
from crawler.sites.profile import Check, Profile, generic
from crawler.sites.schema import KEYS, WORDPRESS_QUERY

DOCUMENT = Path(__file__).parents[1] / "docs" / "site-profiles.md"

LEAST = """
title = "Weekly"
home = "https://www.weekly.example/"
verified = false
source = "made up"
[routes]
feeds = "/feed/"
"""

FULL = """
title = "Weekly"
home = "https://www.weekly.example/"
hosts = ["blogs.weekly.example"]
language = "en-GB"
timezone = "Europe/London"
delay_seconds = 2
max_pages = 40
verified = true
source = "made up"
disabled = true
[routes]
feeds = ["/feed/", "https://feeds.weekly.example/all"]
sitemaps = ["/sitemap.xml"]
sections = ["news/"]
wordpress = ["/wp-json/", "/wp-json/wp/v2/posts?per_page=5", "/api/posts"]
[urls]
article = ['^/[0-9]{4}/', '^/story$']
ignore = ['/live/']
[selectors]
headline = "h1"
body = [".story", "article > div"]
[[selectors.dated]]
until = 2026-02-03
headline = "h2"
[[selectors.dated]]
until = 2020-01-01
headline = "h3"
[removals]
css = [".promo", "aside"]
[[checks]]
url = "/2026/one"
contains = "a phrase"
"""


def write(folder: Path, text: str, name: str = "weekly.toml") -> Path:
    """A profile file with that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_least_profile_has_the_documented_defaults(tmp_path: Path) -> None:
    """Six lines make a profile; what they do not say has the documented default."""
    profile = load(write(tmp_path, LEAST))
    assert (profile.name, profile.title) == ("weekly", "Weekly")
    assert profile.feeds == ("https://www.weekly.example/feed/",)
    assert (profile.delay_seconds, profile.max_pages) == (1.0, 500)
    assert (profile.timezone, profile.language) == ("UTC", None)
    assert not profile.disabled
    assert profile.selectors_for(None) == {}


def test_full_profile_is_read_and_resolved(tmp_path: Path) -> None:
    """Every key of the format arrives, addresses absolute and in their order."""
    profile = load(write(tmp_path, FULL))
    home = "https://www.weekly.example"
    assert profile.feeds == (f"{home}/feed/", "https://feeds.weekly.example/all")
    assert profile.sections == (f"{home}/news/",)
    assert profile.wordpress == (
        f"{home}/wp-json/wp/v2/posts?{WORDPRESS_QUERY}",
        f"{home}/wp-json/wp/v2/posts?per_page=5",
        f"{home}/api/posts?{WORDPRESS_QUERY}",
    )
    assert (profile.language, profile.timezone) == ("en-gb", "Europe/London")
    assert (profile.delay_seconds, profile.max_pages) == (2.0, 40)
    assert profile.verified and profile.disabled
    assert profile.removals == (".promo", "aside")
    assert profile.checks == (Check(url=f"{home}/2026/one", contains="a phrase"),)
    assert [s.route for s in profile.starts] == [
        *("feed", "feed", "wordpress", "wordpress", "wordpress", "sitemap", "section")
    ]


def test_profile_survives_pickling(tmp_path: Path) -> None:
    """A profile goes to worker processes and comes back equal."""
    profile = load(write(tmp_path, FULL))
    assert pickle.loads(pickle.dumps(profile)) == profile


@pytest.mark.parametrize(
    ("day", "headline"),
    [
        (None, "h1"),
        (date(2026, 2, 4), "h1"),
        (date(2026, 2, 3), "h2"),
        (date(2020, 1, 2), "h2"),
        (date(2020, 1, 1), "h3"),
    ],
)
def test_selectors_follow_the_article_s_day(
    tmp_path: Path, day: date | None, headline: str
) -> None:
    """An older template's selectors hold up to its last day, the rest stay current."""
    selectors = load(write(tmp_path, FULL)).selectors_for(day)
    assert selectors["headline"] == (headline,)
    assert selectors["body"] == (".story", "article > div")


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://www.weekly.example/2026/one", True),
        ("http://weekly.example/2026/one?utm_source=x", True),
        ("https://blogs.weekly.example/story?utm_source=x", True),
        ("https://shop.weekly.example/2026/one", False),
        ("https://www.weekly.example:8080/2026/one", False),
        ("https://www.weekly.example/2026/live/one", False),
        ("https://www.weekly.example/about", False),
        ("mailto:news@weekly.example", False),
    ],
)
def test_wants_needs_host_and_pattern(tmp_path: Path, url: str, wanted: bool) -> None:
    """An article is on the site's hosts, matches a pattern and no ignored one."""
    assert load(write(tmp_path, FULL)).wants(url) is wanted


def test_profile_without_patterns_wants_all_but_the_home_page(tmp_path: Path) -> None:
    """Without article patterns every page of the site but its home may be one."""
    profile = load(write(tmp_path, LEAST))
    assert profile.wants("https://weekly.example/about")
    assert not profile.wants("https://www.weekly.example/?utm_source=x")


def test_generic_profile_comes_from_an_address_alone() -> None:
    """A crawl without profile has a name from the host, its port and no routes."""
    profile = generic("http://www.Some-Press.example:8080/news/today?x=1")
    assert profile.name == "some--press-example_8080"
    assert profile.home == "http://www.some-press.example:8080/"
    assert profile.starts == ()
    assert profile.wants("http://some-press.example:8080/a")
    assert generic("http://[::]/").name == "site"


@pytest.mark.parametrize(
    ("change", "key", "message"),
    [
        (("title =", "titel ="), "titel", "Did you mean 'title'?"),
        (("feeds =", "feed ="), "routes.feed", "Known keys: feeds, sitemaps"),
        (('title = "Weekly"', ""), "title", "required and missing"),
        (('"Weekly"', '" "'), "title", "not empty"),
        (('"Weekly"', "3"), "title", "must be a string, not 3"),
        (("verified = false", 'verified = "no"'), "verified", "true or false"),
        (("https://www.", "www."), "home", "not a web address"),
        (('"/feed/"', '"http://["'), "routes.feeds", "no http(s) address"),
        (('"/feed/"', '["/a", 2]'), "routes.feeds", "a string or a list"),
        (('"/feed/"', "[]"), "routes", "at least one address"),
        (("[routes]", "timezone = 'Europe/Leeds'\n[routes]"), "timezone", "IANA"),
        (("[routes]", "timezone = '../etc'\n[routes]"), "timezone", "IANA"),
        (("[routes]", "language = 'English!'\n[routes]"), "language", "BCP 47"),
        (("[routes]", "hosts = ['https://x']\n[routes]"), "hosts", "no host name"),
        (("[routes]", "hosts = ['9999999999']\n[routes]"), "hosts", "no host name"),
        (("[routes]", "delay_seconds = -1\n[routes]"), "delay_seconds", "at least"),
        (("[routes]", "delay_seconds = nan\n[routes]"), "delay_seconds", "finite"),
        (("[routes]", "max_pages = 1.5\n[routes]"), "max_pages", "number"),
        (("[routes]", "max_pages = true\n[routes]"), "max_pages", "number"),
        (("[routes]", "urls = 3\n[routes]"), "urls", "must be a table"),
        (("[routes]", "checks = 3\n[routes]"), "checks", "must be tables"),
        (("[routes]", "[urls]\narticle = '('\n[routes]"), "urls.article", "regular"),
        (("[routes]", "[removals]\ncss = 'a['\n[routes]"), "removals.css", "CSS"),
        (("[routes]", "[[checks]]\nurl = '/'\n[routes]"), "checks.contains", "string"),
        (
            ("[routes]", "[[selectors.dated]]\nbody = 'p'\n[routes]"),
            "selectors.dated.until",
            "must be a date",
        ),
        (
            ("[routes]", "[[selectors.dated]]\nuntil = 2026-01-01T00:00:00\n[routes]"),
            "selectors.dated.until",
            "must be a date",
        ),
    ],
)
def test_a_fault_names_file_key_and_remedy(
    tmp_path: Path, change: tuple[str, str], key: str, message: str
) -> None:
    """Every kind of fault raises ProfileError with the file, the key and the reason."""
    path = write(tmp_path, LEAST.replace(*change))
    with pytest.raises(ProfileError, match=re.escape(message)) as caught:
        load(path)
    assert (caught.value.path, caught.value.key) == (path, key)
    assert str(caught.value).startswith(f"{path}: {key}: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"title = ", "is not TOML"),
        (b"title = '\xff'", "is not UTF-8"),
        (b"x = " + b"[" * 5_000, "is not TOML"),
        (b"#" * (MAX_BYTES + 1), "is larger than"),
    ],
)
def test_an_unreadable_file_is_a_profile_error(
    tmp_path: Path, content: bytes, message: str
) -> None:
    """A file that is no TOML at all is reported as a whole, with its path."""
    path = tmp_path / "weekly.toml"
    path.write_bytes(content)
    with pytest.raises(ProfileError, match=message) as caught:
        load(path)
    assert caught.value.key is None


def test_a_missing_file_and_a_bad_name_are_profile_errors(tmp_path: Path) -> None:
    """What cannot be opened and what has no proper name are named."""
    with pytest.raises(ProfileError, match="cannot be read"):
        load(tmp_path / "none.toml")
    with pytest.raises(ProfileError, match="a file name may hold"):
        load(write(tmp_path, LEAST, "Trade Weekly.toml"))


def test_one_broken_profile_stops_no_other(tmp_path: Path) -> None:
    """A folder's good profiles are loaded and its broken ones are listed."""
    write(tmp_path, LEAST)
    write(tmp_path, "title = ", "broken.toml")
    write(tmp_path, FULL, "another.toml")
    loaded = load_all(tmp_path)
    assert [profile.name for profile in loaded.profiles] == ["another", "weekly"]
    assert [problem.path.name for problem in loaded.problems] == ["broken.toml"]


def test_a_missing_folder_is_a_profile_error(tmp_path: Path) -> None:
    """A folder that is not there is an error, not an empty list of sites."""
    with pytest.raises(ProfileError, match="no folder of site profiles"):
        load_all(tmp_path / "none")


def shipped() -> tuple[Profile, ...]:
    """The profiles in the repository."""
    return load_all().profiles


def test_every_shipped_profile_loads() -> None:
    """The shipped folder holds at least nineteen profiles and no broken one."""
    assert load_all().problems == ()
    assert len(shipped()) >= 19
    assert "publictechnology" in {profile.name for profile in shipped()}


@pytest.mark.parametrize("profile", shipped(), ids=lambda profile: profile.name)
def test_shipped_profile_is_short_and_honest(profile: Profile) -> None:
    """A shipped profile claims no live test, names its source and stays short."""
    lines = (FOLDER / f"{profile.name}.toml").read_text().splitlines()
    assert 10 <= len(lines) <= 32
    assert not profile.verified
    assert "nothing tried live" in profile.source
    assert profile.delay_seconds >= 1
    assert all(profile.wants(check.url) for check in profile.checks)


@pytest.mark.parametrize(
    "path",
    ["/content/1234", "/articles/news/some-story", "/2023/05/04/data/some-story/"],
)
def test_publictechnology_knows_its_three_forms_of_address(path: str) -> None:
    """All three address forms of PublicTechnology are articles; sections are not."""
    profile = load(FOLDER / "publictechnology.toml")
    assert profile.wants("https://www.publictechnology.net" + path)
    assert not profile.wants("https://www.publictechnology.net/category/data/")


def first_cells(part: str) -> list[str]:
    """The code in the first cell of every table row of a part of the document."""
    return re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE)


def test_every_key_is_documented() -> None:
    """The document's keys are exactly those of the schema."""
    text = DOCUMENT.read_text(encoding="utf-8").partition("## Shipped sites")[0]
    known = [
        f"{table}.{key}" if table else key
        for table, keys in KEYS.items()
        for key in keys
    ]
    assert sorted(first_cells(text)) == sorted(known)


def test_every_shipped_site_is_listed() -> None:
    """The document lists each shipped profile with its title."""
    text = DOCUMENT.read_text(encoding="utf-8").partition("## Shipped sites")[2]
    assert first_cells(text) == [profile.name for profile in shipped()]
    assert all(f"| {profile.title} |" in text for profile in shipped())
