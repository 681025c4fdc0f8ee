"""What a user can type, set or write is documented, and generated parts are current."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import scrapy.settings.default_settings as scrapys
from cogapp import Cog  # type: ignore[import-untyped]  # has no stubs

import crawler.settings
from cli.main import COMMANDS, EPILOG, main
from crawler.sites.schema import KEYS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
NOT_SETTINGS = {"ROOT", "PRODUCT", "VERSION"}
"""Names in capitals of crawler/settings.py that nobody sets."""


def options() -> dict[tuple[str, str], click.Option]:
    """Every option by its command and its long form."""
    context = click.Context(main)
    found = {}
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                found[name, max(parameter.opts, key=len)] = parameter
    return found


LEAST_HELP = 3
"""Words of an option's help text."""


def section(command: str) -> str:
    """What docs/cli.md says of a command."""
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    return text.partition(f"\n## {command}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_documented(command: str) -> None:
    """Each command has a section in docs/cli.md, and some page shows its use."""
    assert section(command)
    assert f"cuttings {command}" in TEXT


@pytest.mark.parametrize(("command", "option"), options())
def test_option_is_documented(command: str, option: str) -> None:
    """Each option has a help text, which its command's section prints beside it."""
    text = options()[command, option].help or ""
    assert len(text.split()) >= LEAST_HELP
    printed = " ".join(section(command).split())
    assert re.search(
        rf" {option}[ ,][^`]*?{re.escape(' '.join(text.split()))}", printed
    )


@pytest.mark.parametrize("code", re.findall(r"^ +(\d+) ", EPILOG, re.MULTILINE))
def test_exit_code_is_documented(code: str) -> None:
    """Each exit code of --help has a row in docs/cli.md."""
    assert f"\n| {code} |" in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


def settings_of_ours() -> list[str]:
    """Settings that Scrapy does not know."""
    names = {
        name for name in vars(crawler.settings) if name.isupper() and name[0] != "_"
    }
    return sorted(names - set(vars(scrapys)) - NOT_SETTINGS)


def test_there_are_settings_of_ours() -> None:
    """The list that the next test walks is not empty."""
    assert {"ARCHIVE", "CONTACT", "SITES"} <= set(settings_of_ours())


@pytest.mark.parametrize("name", settings_of_ours())
def test_setting_is_documented(name: str) -> None:
    """Each setting of ours is named in a page."""
    assert f"`{name}`" in TEXT


def variables() -> list[str]:
    """The environment variables that our packages read."""
    found: set[str] = set()
    for package in ("archive", "cli", "crawler", "pipelines", "demo"):
        for path in (ROOT / package).rglob("*.py"):
            found.update(re.findall(r"CUTTINGS_[A-Z_]+", path.read_text("utf-8")))
    return sorted(found)


@pytest.mark.parametrize("name", variables())
def test_environment_variable_is_documented(name: str) -> None:
    """Each variable has a row in docs/operations.md."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert f"| `{name}`" in text


def profile_keys() -> list[str]:
    """Every key of a profile under its table, such as routes.feeds."""
    return [
        f"{table}.{key}".lstrip(".") for table, keys in KEYS.items() for key in keys
    ]


@pytest.mark.parametrize("key", profile_keys())
def test_profile_key_is_documented(key: str) -> None:
    """Each key of a profile has a row with a meaning in docs/site-profiles.md."""
    text = (ROOT / "docs" / "site-profiles.md").read_text(encoding="utf-8")
    row = rf"^\| `{re.escape(key)}` \|(.*\|)?[^|]*\w[^|]*\|$"
    assert re.search(row, text, re.MULTILINE)


def test_generated_parts_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    """`make docs` would change nothing in what cog generates."""
    code = Cog().main(["cog", "--check", *map(str, PAGES)])
    assert code == 0, capsys.readouterr().out
