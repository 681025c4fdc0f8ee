"""Short pages in many wordings go in; walls are refused, news about walls is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_pages import HOME, page

from crawler.items import Hint, Page
from crawler.sites.profile import generic
from pipelines.extract import extract
from pipelines.grounds import problem

NEWS = (
    "The decision was taken at a meeting in Lidham on Tuesday evening, after two hours"
    " of questions from residents and from the owners of the kettle works nearby.",
    "Officers had said in their report that nothing stood in its way, and that the cost"
    " would be met from this year's budget, which has an underspend of some £3m.",
    "A spokeswoman for the works said that sixty jobs depended on the outcome, and that"
    " the first of them would be advertised before the end of the month.",
)
SHOWN = "<p class='date'>27 February 2026</p>"

HEADLINES = (
    "404 homes approved on former steelworks site",
    "Council sells 404 bus shelters to a museum",
    "Register of approved suppliers reopens after two years",
    "Register now open for small breweries, says regulator",
    "Sign in Welsh too small, finds inspector",
    "Log in the river delays ferry to Harl",
    "Security check queues shorten at three airports",
    "Security checks cost ports £40m, report finds",
    "Just a moment of calm for the tin trade",
    "Attention required on bridge bearings, say engineers",
    "Access denied to canal for third summer running",
    "Before you continue building, look at the drains, inspectors warn",
    "We value your privacy, council tells tenants in new charter",
    "Harbour hit by service unavailable notice for two days",
    "Fatal error in signal wiring led to depot fire, inquiry told",
    "Internal server error cost pension fund a day of trading",
    "Database connection lost as digger cuts cable in Harl",
    "Hospital page not found by patients in search, audit says",
    "Planning file has been removed from archive, court hears",
    "Captcha costs blind applicants their places, charity says",
    "Unusual traffic on A99 blamed on cheese fair",
    "Ministers turn on JavaScript in tax forms",
    "Shops that store customer cookies need consent of baker, jokes judge",
    "Stack trace of smoke seen over old power station",
    "Not found wanting: Lidham's lifeboat passes its trial",
    "Error 500 on the shop floor: a robot's long night",
    "Passwords of 900 drivers changed after theft",
    "Maintenance of locks to take all winter",
)


def news(headline: str, *, date: str = SHOWN, hints: tuple[Hint, ...] = ()) -> Page:
    """A short article whose metadata says nothing of its date."""
    text = "".join(f"<p>{line}</p>" for line in NEWS)
    body = f"<article><h1>{headline}</h1>{date}{text}</article>"
    head = f"<head><title>{headline} - Kettle &amp; Lid</title></head>"
    made = f"<html>{head}<body>{body}</body></html>".encode()
    return replace(page("news/a", made), hints=hints)


def reason(found: Page) -> str | None:
    """Why a page is no article, with its evidence; None if it is one."""
    rejection = problem(found, extract(found, generic(f"{HOME}/")))
    if rejection is None:
        return None
    assert rejection.detail
    return rejection.reason


@pytest.mark.parametrize("headline", HEADLINES)
def test_news_that_sounds_like_a_wall_is_an_article(headline: str) -> None:
    """With a date that only readers see, or with none at all, it is let through."""
    assert reason(news(headline)) is None
    assert reason(news(headline, date="")) is None


@pytest.mark.parametrize("route", ["feed", "wordpress"])
def test_a_route_that_names_the_headline_speaks_for_the_page(route: str) -> None:
    """What a feed or the API lists under that very headline may sound like a wall."""
    headline = "Access denied"
    hint = Hint(route="feed", source="/feed", title="Access Denied ")
    hint = replace(hint, route=route)
    assert reason(news(headline, date="")) == "bot check"
    assert reason(news(headline, date="", hints=(hint,))) is None
    other = replace(hint, title="Canal reopens")
    assert reason(news(headline, date="", hints=(other,))) == "bot check"
    linked = replace(hint, route="sitemap")
    assert reason(news(headline, date="", hints=(linked,))) == "bot check"


FILLER = (
    " Go back to the home page, or use the search field at the top of the page to look"
    " for other stories about kettles, lids, trays and everything that goes with them."
)
PASSWORD = '<form><input name="user"><input type="password"></form>'
WALLS = (
    ("not found page", "404", "There is no page here."),
    ("not found page", "Error 404: Page not found", "The link may be old."),
    ("not found page", "Oops!", "The page you were looking for has moved or is gone."),
    ("not found page", "Kettle", "Sorry, this story is no longer available."),
    ("not found page", "Kettle", "We could not find the article. Perhaps it moved."),
    ("not found page", "Page removed", "It was taken down in 2019."),
    ("not found page", "Kettle", "The requested URL /a was not found on this server."),
    ("login wall", "Sign in", f"Welcome back.{PASSWORD}"),
    ("login wall", "Log in or register", f"Members read more.{PASSWORD}"),
    ("login wall", "Kettle", "Please log in to see this report."),
    ("login wall", "Kettle", "To go on you need to be logged in."),
    ("login wall", "Subscribers only", "This part is for those who pay for it."),
    ("login wall", "Kettle", "Register for free to continue reading this story."),
    ("consent wall", "Before you continue to Kettle", "Choose what may be kept."),
    ("consent wall", "Kettle", "We and our 812 partners keep data on your device."),
    ("consent wall", "Cookie settings", "Some are needed, others count visits."),
    ("consent wall", "Kettle", "We use cookies. Press accept all cookies to go on."),
    ("bot check", "Just a moment...", "The connection is being looked at."),
    ("bot check", "Attention Required! | Cloudflare", "Complete the captcha."),
    ("bot check", "Kettle", "Please verify that you are not a robot."),
    ("bot check", "Access denied", "Your request was blocked by our firewall."),
    ("bot check", "Kettle", "We have seen unusual traffic from your network."),
    ("error page", "503 Service Unavailable", "The machine is busy."),
    ("error page", "Something went wrong", "An operator has been told."),
    ("error page", "Kettle", "Error establishing a database connection."),
    ("error page", "Kettle", "Fatal error: out of memory in /srv/page.php on line 3."),
    ("error page", "Maintenance", "We'll be back on Monday morning."),
    ("needs JavaScript", "Kettle", "Please turn on JavaScript to use this page."),
    ("needs JavaScript", "Kettle", "JavaScript is disabled in this browser."),
)


@pytest.mark.parametrize(("expected", "title", "says"), WALLS)
def test_walls_of_many_wordings_are_refused(
    expected: str, title: str, says: str
) -> None:
    """A page that says in its headline or text what only a wall says is refused."""
    main = f"<main><h1>{title}</h1><p>{says}{FILLER}</p></main>"
    made = f"<html><head><title>{title}</title></head><body>{main}</body></html>"
    assert reason(page("news/a", made.encode())) == expected


@pytest.mark.parametrize(
    "mark", [PASSWORD, '<meta name="robots" content="noindex,follow">']
)
def test_two_signs_outweigh_a_text_that_might_be_news(mark: str) -> None:
    """Vague words with no date, and a form or a robots word beside them, are a wall."""
    plain = news("Security check for all", date="")
    assert reason(plain) is None
    marked = replace(
        plain, body=plain.body.replace(b"<article>", mark.encode() + b"<article>")
    )
    assert reason(marked) == "bot check"


def test_quoted_words_do_not_speak_to_the_reader() -> None:
    """A speaker's "you" is no sign of a wall."""
    quote = "<p>“You must be patient, and please log in to the app,” he said.</p>"
    assert reason(news("Security check queues shorten", date=quote)) is None
