"""What walls say in German, French, Spanish, Italian, Portuguese and Dutch: data only.

Three patterns for each kind of wall, used by walls.py beside the English ones. A text
pattern of the plain sort speaks to its reader; the same nouns and verbs in the third
person are news ("el artículo que busca reformar").
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """How one kind of wall speaks."""

    headline: str
    """Its whole headline, reduced to words in lower case."""
    plain: str
    """What only such a page says in its text."""
    vague: str
    """What an article may say too."""


_NUMBER = (
    r"(http |fehler(code)? |erreur |errore |erro |error |fout(code)? |código |code )*"
    r"404( fehler| erreur)?"
)
_GONE = (
    # German
    r"((ups|oops|hoppla|leider|entschuldigung) )*((diese|dieser|die|der) )?"
    r"((von ihnen )?(gesuchte|angeforderte|aufgerufene) )?"
    r"(seite|artikel|beitrag|inhalt|dokument)"
    r"(?=.* (nicht|gelöscht|entfernt|verschoben))( (wurde|konnte|ist|existiert|nicht"
    r"|leider|mehr|werden|verfügbar|vorhanden|gefunden|gelöscht|entfernt|verschoben))"
    r"{1,6}|nicht gefunden",
    # French
    r"((oups|désolé) )*((cette|la|cet|l) )?(page|article|contenu|document)"
    r"( (demandée?|recherchée?))?(?=.* (introuvable|non|n|supprim|déplac|inexist))"
    r"( (introuvable|non|trouvée?|n|existe|plus|pas|a|été|est|supprimée?|déplacée?"
    r"|disponible|inexistante?)){1,7}",
    # Spanish
    r"((ups|vaya|lo sentimos) )*((esta|la|el|este) )?"
    r"(página|artículo|contenido|noticia|documento)( solicitad[ao])?"
    r"(?=.* (no|eliminad|inexistente))( (no|encontrad[ao]|existe|ya|está|disponible|se"
    r"|ha|sido|eliminad[ao]|inexistente|encuentra)){1,6}|no encontrad[ao]"
    r"|no se (ha encontrado|encontró|encuentra) la página",
    # Italian
    r"((ops|oops|spiacenti|siamo spiacenti) )*((questa|la|l|il|questo) )?"
    r"(pagina|articolo|contenuto|documento)( richiest[ao])?"
    r"(?=.* (non|inesistente|rimoss|spostat))( (non|trovat[ao]|esiste|più|è|stat[ao]"
    r"|disponibile|inesistente|rimoss[ao]|spostat[ao])){1,6}|non trovat[ao]",
    # Portuguese
    r"((ops|oops|desculpe) )*((esta|essa|a|o|este) )?"
    r"(página|artigo|conteúdo|notícia|matéria|documento)( solicitad[ao])?"
    r"(?=.* (não|removid|inexistente))( (não|encontrad[ao]|localizad[ao]|existe|mais"
    r"|está|disponível|foi|removid[ao]|inexistente)){1,6}|não encontrad[ao]",
    # Dutch
    r"((oeps|helaas|sorry) )*((deze|de|het|dit) )?(pagina|artikel|bericht|document)"
    r"(?=.* (niet|verwijderd|verplaatst))( (niet|gevonden|bestaat|meer|is|kan|kon"
    r"|worden|beschikbaar|verwijderd|verplaatst)){1,6}|niet gevonden",
)
NOT_FOUND = Wording(
    headline=rf"{_NUMBER}|({_NUMBER} )?({'|'.join(_GONE)})( {_NUMBER})?",
    plain=(
        # German
        r"\bvon ihnen (gesuchte|aufgerufene|angeforderte|gewünschte)n? "
        r"(seite|artikel|beitrag|inhalt)"
        r"|\b(seite|artikel|beitrag|inhalt), (die|den) (sie|du)\b[^.]{0,20}"
        r"\b(such|gesucht|aufgerufen|aufrufen|angefordert)"
        r"|\b(gesuchte|angeforderte|aufgerufene) seite\b[^.]{0,40}\bnicht\b"
        # French
        r"|\b(page|article|contenu) que vous (avez )?(re)?(cherch|demand|souhait)"
        r"|\bpage (demandée|recherchée)\b[^.]{0,40}(\bn['’]|introuvable)"
        r"|\b(désolés?|oups)\b[^.]{0,60}\b(page|contenu)\b[^.]{0,60}"
        r"(\bn['’]|introuvable|supprim|déplac)"
        # Spanish
        r"|\b(página|contenido|artículo|noticia) que"
        r" (buscas|(usted )?est[áa]s? buscando),? (no|ya|ha|podría|pudo)\b"
        r"|\bpágina solicitada\b[^.]{0,40}\bno\b"
        r"|\b(lo sentimos|ups)\b[^.]{0,60}\b(página|contenido)\b[^.]{0,60}"
        r"\b(no|eliminad[ao])\b"
        # Italian
        r"|\b(pagina|articolo|contenuto) che (stai|state) cercando\b"
        r"|\b(pagina|contenuto) che (hai|avete) (richiest|cercat)"
        r"|\bpagina richiesta\b[^.]{0,40}\bnon\b"
        r"|\b(spiacenti|ops)\b[^.]{0,60}\b(pagina|contenuto)\b[^.]{0,60}"
        r"\b(non|rimoss[ao]|spostat[ao])\b"
        # Portuguese
        r"|\b(página|conteúdo|matéria|artigo|notícia) que você (está|estava|tentou|busc"
        r"|procur)|\bpágina (solicitada|pretendida|procurada)\b[^.]{0,40}\bnão\b"
        r"|\b(desculpe|lamentamos|ops)\b[^.]{0,60}\b(página|conteúdo)\b[^.]{0,60}"
        r"\b(não|removid[ao])\b"
        # Dutch
        r"|\b(pagina|artikel|bericht) (die|dat|waar|waarnaar) (u|je|jij)\b[^.]{0,20}"
        r"\b(zoekt|zocht|zoek|opvroeg|wilt)\b"
        r"|\b(gevraagde|opgevraagde) pagina\b[^.]{0,40}\bniet\b"
        r"|\b(helaas|sorry|oeps)\b[^.]{0,60}\bpagina\b[^.]{0,60}"
        r"\b(niet|verwijderd|verplaatst)\b"
    ),
    vague=(
        r"\b(seite (wurde |konnte )?nicht gefunden|page (introuvable|non trouvée)"
        r"|página no encontrada|pagina non trovata|página não encontrada"
        r"|pagina niet gevonden|(fehler|erreur|errore|erro|fout) 404)\b"
    ),
)
CONSENT = Wording(
    headline=(
        # German
        r"wir (respektieren|schätzen) (ihre|deine) privatsphäre"
        r"|(ihre|deine) privatsphäre( ist uns wichtig)?"
        r"|(datenschutz|cookie|privatsphäre) ?(einstellungen|hinweise?)"
        r"|bevor (sie fortfahren|du fortfährst)"
        r"|(wir|diese (web)?seite) verwende[nt] cookies"
        # French
        r"|nous respectons votre vie privée|(le respect de )?votre vie privée"
        r"( est (notre|une) priorité| nous importe)?|avant de continuer"
        r"|(gestion|paramètres|gérer|préférences)( (de|des|vos|les))? cookies"
        r"|gestion du consentement|(ce site|nous) utilis(e|ons) des cookies"
        # Spanish
        r"|(valoramos|respetamos|nos importa) (tu|su) privacidad"
        r"|(tu|su) privacidad( es importante( para nosotros)?| nos importa)"
        r"|(configuración|preferencias|ajustes|política|aviso) de( las)? cookies"
        r"|(este sitio( web)? |esta web )?(utiliza|usa|utilizamos|usamos) cookies"
        # Italian
        r"|(rispettiamo|teniamo alla|diamo valore alla) (la )?(tua|vostra) privacy"
        r"|la tua privacy( è importante( per noi)?| ci sta a cuore)?"
        r"|(impostazioni|preferenze|informativa)( (dei|sui))? cookie"
        r"|prima di continuare"
        r"|(questo sito( web)? (utilizza|usa)|utilizziamo)( i)? cookie"
        # Portuguese
        r"|(valorizamos|respeitamos|prezamos)( a)? sua privacidade"
        r"|(a )?sua privacidade é importante( para nós)?|antes de continuar"
        r"|(configurações|definições|preferências) de cookies"
        r"|(este site (usa|utiliza)|usamos|utilizamos) cookies"
        # Dutch
        r"|((wij|we) )?(respecteren|waarderen) (uw|je|jouw) privacy"
        r"|(uw|je|jouw) privacy( is belangrijk( voor ons)?)?"
        r"|cookie ?(instellingen|voorkeuren|melding)"
        r"|voordat (u|je) (verdergaat|doorgaat)"
        r"|(deze (web)?site|wij|we) gebruik(t|en) cookies"
    ),
    plain=(
        # German
        r"\bwir und unsere (\d+ )?(\w+ )?partner\b|\bunsere \d+ partner\b"
        r"|\balle cookies (akzeptieren|ablehnen|zulassen)"
        r"|\bwir (verwenden|setzen) cookies"
        # French
        r"|\bnous et nos (\d+ )?(\w+ )?partenaires\b|\bnos \d+ partenaires\b"
        r"|\b(accepter|refuser) tous les cookies|\bcontinuer sans accepter\b"
        r"|\bnous utilisons des cookies"
        # Spanish
        r"|\bnosotros y nuestros (\d+ )?(\w+ )?(socios|proveedores)\b"
        r"|\bnuestros \d+ socios\b|\b(aceptar|rechazar) todas( las)? cookies"
        r"|\b(utilizamos|usamos) cookies"
        # Italian
        r"|\bnoi e i nostri (\d+ )?(\w+ )?(partner|fornitori)\b|\bnostri \d+ partner\b"
        r"|\b(accetta|rifiuta) tutti i cookie|\bcontinua senza accettare\b"
        r"|\butilizziamo( i)? cookie"
        # Portuguese
        r"|\bnós e( os)? nossos (\d+ )?(\w+ )?parceiros\b|\bnossos \d+ parceiros\b"
        r"|\b(aceitar|rejeitar) todos( os)? cookies"
        # Dutch
        r"|\b(wij|we) en onze (\d+ )?(\w+ )?partners\b|\bonze \d+ partners\b"
        r"|\balle cookies (accepteren|weigeren)|\b(wij|we) gebruiken cookies"
    ),
    vague=(
        r"\bcookies?\b.{0,200}\b(partner\b|einwilligung|zustimmung|partenaires"
        r"|consentement|socios|consentimiento|consenso|parceiros|consentimento"
        r"|toestemming)"
    ),
)
OTHER_LANGUAGES = {"not found page": NOT_FOUND, "consent wall": CONSENT}
"""By the reason that walls.py gives."""
SPEAKS_TO_READER = (
    r"bitte|veuillez|désolée?s?|vous|votre|por favor|lo sentimos|spiacenti|puoi|você"
    r"|desculpe|helaas|alstublieft|jouw|uw"
)
"""Words with which a page speaks to who reads it; German's "Sie" may be anybody."""
