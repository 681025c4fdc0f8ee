"""In: profile files; out: `Profile` objects, and the problems of the broken ones."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from crawler.errors import ProfileError
from crawler.sites.profile import Profile
from crawler.sites.schema import build

FOLDER = Path(__file__).parent
"""Where the shipped profiles lie."""

MAX_BYTES = 1_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """What a folder of profiles holds."""

    profiles: tuple[Profile, ...]
    """The usable ones, disabled ones included, ordered by name."""
    problems: tuple[ProfileError, ...]
    """One for each file that could not be used, ordered by file name."""


def load(path: Path) -> Profile:
    """Read one profile file.

    Raises:
        ProfileError: naming the file, and the key where one is at fault.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ProfileError(path, None, f"is larger than {MAX_BYTES:,} bytes")
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise ProfileError(path, None, reason) from error
    except UnicodeDecodeError as error:
        raise ProfileError(path, None, f"is not UTF-8: {error}") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProfileError(path, None, f"is not TOML: {error}") from error
    return build(values, path)


def load_all(folder: Path = FOLDER) -> Loaded:
    """Read every `*.toml` of a folder; a broken file stops no other.

    Raises:
        ProfileError: the folder itself cannot be read.
    """
    if not folder.is_dir():
        raise ProfileError(folder, None, "is no folder of site profiles")
    profiles, problems = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            profiles.append(load(path))
        except ProfileError as error:
            problems.append(error)
    return Loaded(profiles=tuple(profiles), problems=tuple(problems))
