"""A site's name in, its pages that look like articles and are none out."""

from __future__ import annotations

from datetime import datetime

from demo.model import Extra, ExtraKind

_PAGES: dict[str, tuple[tuple[str, ExtraKind, str, str], ...]] = {
    "townhall": (
        (
            "/articles/video/inside-the-flood-control-room",
            "video",
            "Video: inside the flood control room",
            "2021-03-09T10:15+00:00",
        ),
        (
            "/articles/video/three-minutes-with-a-street-works-map",
            "video",
            "Video: three minutes with a street works map",
            "2022-06-21T08:40+00:00",
        ),
        (
            "/articles/gallery/twelve-council-chambers",
            "gallery",
            "In pictures: twelve council chambers",
            "2020-11-04T09:00+00:00",
        ),
        (
            "/articles/news/old-parking-portal-to-close",
            "removed",
            "Page removed",
            "2019-05-02T12:00+00:00",
        ),
        ("/user/login", "login", "Log in", "2018-02-01T09:00+00:00"),
        ("/about-us", "about", "About us", "2018-02-01T09:00+00:00"),
    ),
    "girder": (
        (
            "/2022/05/06/rail/video-a-viaduct-from-the-air/",
            "video",
            "Video: a viaduct from the air",
            "2022-05-06T09:30+00:00",
        ),
        (
            "/2023/02/14/ports-and-water/video-lifting-the-lock-gates/",
            "video",
            "Video: lifting the lock gates",
            "2023-02-14T14:05+00:00",
        ),
        (
            "/2021/09/17/housing/gallery-straw-walls/",
            "gallery",
            "Gallery: straw walls going up",
            "2021-09-17T11:00+00:00",
        ),
        (
            "/2019/08/01/rail/timetable-for-the-old-branch/",
            "removed",
            "This article has been removed",
            "2019-08-01T07:00+00:00",
        ),
        ("/wp-login.php", "login", "Log in", "2018-02-01T09:00+00:00"),
        ("/about/", "about", "About us", "2018-02-01T09:00+00:00"),
    ),
    "carton": (
        (
            "/story.php?id=88",
            "video",
            "Video: how a biscuit tin is made",
            "2021-01-20T09:00+00:00",
        ),
        (
            "/gallery.php?id=7",
            "gallery",
            "Gallery: market stalls",
            "2022-07-07T10:00+00:00",
        ),
        (
            "/story.php?id=71",
            "removed",
            "Story not available",
            "2018-02-09T09:00+00:00",
        ),
        ("/login.php", "login", "Log in", "2018-02-01T09:00+00:00"),
        ("/about.php", "about", "About us", "2018-02-01T09:00+00:00"),
    ),
}


def extras_of(site: str) -> tuple[Extra, ...]:
    """The pages of one title that must never become articles."""
    return tuple(
        Extra(
            path=path,
            kind=kind,
            title=title,
            published=datetime.fromisoformat(moment),
        )
        for path, kind, title, moment in _PAGES[site]
    )
