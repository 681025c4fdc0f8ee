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


FOREIGN_NEWS = {
    "de": "Der Rat von Lidham hat am Dienstag nach zwei Stunden beschlossen, den"
    " Bau des Kesselwerks zu erlauben. Die Kosten trägt zur Hälfte das Land,"
    " wie eine Sprecherin erklärte. Mit den Arbeiten soll im Frühjahr begonnen"
    " werden; sechzig Stellen hängen daran. „Sie können sich bitte melden“,"
    " sagte sie den Nachbarn.",
    "fr": "Le conseil de Lidham a approuvé mardi soir la construction de l'usine,"
    " après deux heures de débat. Le coût sera pris en charge pour moitié par"
    " la région, a dit une porte-parole. Les travaux doivent commencer au"
    " printemps et soixante emplois en dépendent. « Vous verrez », a-t-elle"
    " dit aux voisins de la gare.",
    "es": "El concejo de Lidham aprobó el martes la construcción de la fábrica tras"
    " dos horas de debate. La región pagará la mitad del coste, dijo una"
    " portavoz. Las obras empezarán en primavera y de ellas dependen sesenta"
    " empleos. El artículo que busca reformar el Congreso no cambia el plazo"
    " de las licencias ni su precio.",
    "it": "Il consiglio di Lidham ha approvato martedì la costruzione della"
    " fabbrica dopo due ore di dibattito. La regione pagherà metà del costo,"
    " ha detto una portavoce. I lavori cominceranno in primavera e da essi"
    " dipendono sessanta posti. Il documento che ha richiesto l'assessore non"
    " è ancora pubblico, né lo sarà a giugno.",
    "pt": "A câmara de Lidham aprovou na terça-feira a construção da fábrica após"
    " duas horas de debate. A região pagará metade do custo, disse uma porta-"
    " voz. As obras começam na primavera e delas dependem sessenta empregos. A"
    " notícia que está a correr entre os vizinhos não foi confirmada por"
    " nenhum dos engenheiros da obra.",
    "nl": "De raad van Lidham heeft dinsdag na twee uur debat de bouw van de"
    " fabriek goedgekeurd. De provincie betaalt de helft van de kosten, zei"
    " een woordvoerster. De werken beginnen in het voorjaar en er hangen"
    " zestig banen van af. Het artikel waar de oppositie naar verwijst is"
    " volgens de wethouder niet van toepassing op dit plan.",
}
FOREIGN_HEADLINES = (
    ("de", "404 Wohnungen für Lidham genehmigt"),
    ("de", "Seite nicht gefunden: Archiv verliert alte Handschrift"),
    ("de", "Leiche nicht gefunden, Suche am Fluss beendet"),
    ("de", "Cookie-Einstellungen: Gericht rügt Händler"),
    ("fr", "Page introuvable dans le registre de Harl"),
    ("fr", "La vie privée de votre voisin, enjeu du procès"),
    ("es", "Página no encontrada: el archivo pierde un manuscrito"),
    ("es", "El artículo 404 no se aplica, dice el juez"),
    ("it", "Pagina non trovata tra gli atti del processo"),
    ("pt", "Página não encontrada atrasa o processo do porto"),
    ("nl", "Pagina niet gevonden in het archief van Harl"),
    ("nl", "Cookies en toestemming: partners van het fonds gaan naar de rechter"),
)


@pytest.mark.parametrize(("language", "headline"), FOREIGN_HEADLINES)
def test_news_in_other_languages_is_an_article(language: str, headline: str) -> None:
    """A headline that begins like a wall's is news where the text is news."""
    for date in (SHOWN, ""):
        made = f"<p>{FOREIGN_NEWS[language]}</p>"
        body = f"<article><h1>{headline}</h1>{date}{made}</article>"
        title = f"<title>{headline}</title>"
        text = f"<html lang={language}><head>{title}</head><body>{body}</body></html>"
        assert reason(page("news/a", text.encode())) is None


FOREIGN_WALLS = (
    ("not found page", "Seite nicht gefunden", "Sie ist umgezogen."),
    ("not found page", "Fehler 404", "Hier steht nichts."),
    ("not found page", "Hoppla!", "Die von Ihnen gesuchte Seite gibt es nicht mehr."),
    ("not found page", "Diese Seite existiert leider nicht mehr", "Schade."),
    ("not found page", "Page introuvable", "Elle a peut-être changé d'adresse."),
    ("not found page", "Oups", "La page que vous recherchez n'existe plus."),
    ("not found page", "Erreur 404 : page non trouvée", "Le lien est ancien."),
    ("not found page", "Página no encontrada", "El enlace es antiguo."),
    ("not found page", "Vaya", "La página que estás buscando ya no existe."),
    ("not found page", "Pagina non trovata", "Il collegamento è vecchio."),
    ("not found page", "Ops", "La pagina che stai cercando non esiste più."),
    ("not found page", "Erro 404 - Página não encontrada", "O endereço mudou."),
    ("not found page", "Ops", "A página que você procura não existe mais."),
    ("not found page", "Pagina niet gevonden", "De link is oud."),
    ("not found page", "Oeps", "Helaas, deze pagina bestaat niet meer."),
    ("consent wall", "Kettle", "Wir und unsere 834 Partner speichern Informationen."),
    ("consent wall", "Cookie-Einstellungen", "Einige sind nötig."),
    ("consent wall", "Nous respectons votre vie privée", "Vous pouvez choisir."),
    ("consent wall", "Kettle", "Avec votre accord, nos 812 partenaires en gardent."),
    ("consent wall", "Valoramos tu privacidad", "Elige lo que se guarda."),
    ("consent wall", "Kettle", "Noi e i nostri 90 partner conserviamo dati."),
    ("consent wall", "Kettle", "Nós e os nossos parceiros guardamos dados."),
    ("consent wall", "Wij respecteren uw privacy", "Kies wat bewaard mag worden."),
)


@pytest.mark.parametrize(("expected", "title", "says"), FOREIGN_WALLS)
def test_walls_in_other_languages_are_refused(
    expected: str, title: str, says: str
) -> None:
    """German, French, Spanish, Italian, Portuguese and Dutch walls are known too."""
    test_walls_of_many_wordings_are_refused(expected, title, says)
