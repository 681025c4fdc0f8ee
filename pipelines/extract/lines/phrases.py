"""The words by which furniture gives itself away, in the languages pages come in."""

from __future__ import annotations

import re

from ..text import once
from .layout import LineRole

_LABELS_CHARS = 160
_PICTURE_CHARS = 150
RELATED_LABEL = re.compile(
    r"^(?:related(?:\s+(?:content|articles?|stor(?:y|ies)|posts?|news|links?|coverage|"
    r"topics?|reading|items?|sponsored articles?|videos?))?|(?:you )?(?:may|"
    r"might) also (?:like|be interested in)|"
    r"see also|also (?:read|see|on .{2,30})|read (?:also|next|more|on)|"
    r"keep reading|featured|dans la même rubrique|"
    r"more (?:from|on|in|about|stories|news)"
    r"(?:\s.{1,40})?|more like this|recommended(?: (?:for you|reading|stories|"
    r"articles))?|"
    r"(?:most (?:read|popular|viewed|shared)|popular|trending|latest|"
    r"recent)(?: (?:now|articles|posts|stories|news))?|"
    r"don'?t miss|further reading|top stories|sponsored(?: content| links)?|"
    r"promoted(?: stories)?|"
    r"from around the web|around the web|editor'?s picks?|what to read next|up next|"
    r"mehr zum thema|lesen sie auch|auch interessant|das könnte sie auch interessieren|"
    r"weitere (?:artikel|themen|meldungen|nachrichten)|verwandte (?:artikel|"
    r"themen)|zum thema|ähnliche (?:artikel|beiträge|themen)|schon gelesen\??|"
    r"à lire aussi|lire aussi|voir aussi|sur le même sujet|lea también|"
    r"le puede interesar|"
    r"verwandte beiträge|weitere beiträge|(?:entdecke|entdecken sie) weitere .{3,30}|"
    r"das könnte (?:dich|euch|sie)(?: auch)?(?: noch)? interessieren|"
    r"noticias relacionadas|(?:notas?|artículos?|contenidos?) relacionad[ao]s?|"
    r"te (?:puede|podría|recomendamos)(?: interesar| leer)?|"
    r"más (?:noticias|sobre .{2,30})|"
    r"articles? (?:liés|similaires|associés)|à lire (?:également|ensuite)|"
    r"lire (?:également|la suite)|leggi (?:anche|pure)|articoli correlati|"
    r"potrebbe(?:ro)? interessarti(?: anche)?|lees (?:ook|meer|verder)|"
    r"läs (?:också|mer|även)|læs (?:også|mere)|les (?:også|mer)|lue (?:myös|lisää)|"
    r"leia (?:também|mais)|veja (?:também|mais)|czytaj (?:też|także|również|więcej)|"
    r"zobacz (?:też|także|również)|přečtěte si (?:také|i|více)|"
    r"čtěte (?:také|dále|více)|"
    r"související(?: články)?|citește și|читайте также|по теме|関連(?:記事|リンク)|"
    r"相关(?:阅读|新闻|文章)|延伸閱讀)\s*[:：.…»>]*$",
    re.I,
)
TEASER_LABEL = re.compile(
    r"(?:most|popular|trending|latest|recent|top|recommended|featured|(?:you )?(?:may|"
    r"might) also|also on|more (?:from|stories|news)|don'?t miss|keep reading|up next|"
    r"what to read|(?:from )?around the web|auch interessant|das könnte|schon gelesen|"
    r"weitere (?:artikel|meldungen|nachrichten|beiträge)|le puede|te (?:puede|podría)|"
    r"más noticias|potrebbe)\b",
    re.I,
)
"""How a label begins whose links a machine has chosen, by date or by readers."""
"""A line that only announces links to other articles."""

LINK_LEAD = re.compile(
    r"^\W*(?:read (?:more|also|next|on)|related|see also|also read|more|"
    r"recommended|must read|"
    r"don'?t miss|lesen sie auch|mehr dazu|lire aussi|à lire aussi|"
    r"lea también|"
    r"leggi anche|lees (?:ook|meer)|mira(?: también)?|ve[ar] también|lee(?: también)?|"
    r"también lee|te puede interesar|siehe auch|auch interessant|zum thema|"
    r"das könnte (?:dich|euch|sie)(?: auch)?(?: noch)? interessieren|voir aussi|"
    r"lire également|leia (?:também|mais)|veja (?:também|mais)|läs (?:också|mer|även)|"
    r"læs også|les også|lue myös|czytaj (?:też|także|również)|"
    r"zobacz (?:też|także|również)|přečtěte si(?: také)?|čtěte (?:také|více)|"
    r"читайте также)\b(?:\s+on this)?\s*[:>»|–-]|"
    r"^\W*(?:watch|listen|see|hear)\b.{3,120}(?:»|\||$)",
    re.I,
)
"""The beginning of a line that points to another article."""

LABELS = re.compile(
    r"^\W*(?:advertisement|advertisment|anzeige|werbung|publicité|publicidade?|"
    r"pubblicità|reklama?|annons|advertentie|annonce|hirdetés|реклама|広告|"
    r"article content|"
    r"story continues below(?: advertisement)?|"
    r"article continues below(?: advertisement)?|"
    r"continue reading(?: below)?|share(?: this)?(?: (?:page|article|story|post|"
    r"on .{2,20}))?|"
    r"share on (?:facebook|twitter|linkedin|x|whatsapp)|tweet|"
    r"print(?: this)?(?: (?:page|article|story))?|"
    r"email(?: this)?(?: (?:article|story))?|e-mail|comments?|"
    r"add (?:a )?comments?|leave a (?:reply|comment)|"
    r"(?:category|categories|posted in|kategorien?)\s*:.{0,80}|"
    r"(?:this|der|dieser) (?:entry|post|article|beitrag|eintrag|artikel) "
    r"(?:was (?:posted|filed|published)|wurde (?:am|veröffentlicht)) .{0,140}|"
    r"posted (?:by|on) .{2,80}|"
    r"(?:last modified|last updated|zuletzt geändert)\s*:.{0,60}|"
    r"\(?noch keine bewertungen\)?|"
    r"(?:anzeige|werbung)\b.{0,80}|zurück (?:zur|zum|nach) .{2,40}|"
    r"war (?:der|dieser) (?:artikel|beitrag) .{2,20}|"
    r"if you (?:enjoyed|liked) (?:reading )?this .{0,100}|"
    r"for the latest (?:stories|news).{0,100}|"
    r"(?:join|get|subscribe (?:now )?to) (?:our|the) .{0,30}"
    r"(?:newsletter|e-?book|edition).{0,60}|"
    r"post a comment|view comments|\d+ comments?|tags?|categories|filed under|topics|"
    r"(?:tags?|schlagw(?:orte|örter)|stichw(?:orte|örter)|mots-clés|etiquetas)\s*:.{0,100}|"
    r"responses \(\d+\)|"
    r"font size|text size|story tools|article tools|click (?:here )?to enlarge|"
    r"enlarge(?: this)? image|"
    r"enlarge|view gallery|photo gallery|sign up(?: (?:here|now))?|"
    r"subscribe(?: (?:here|now))?|"
    r"(?:subscribe|register|join|sign (?:in|up)|log ?in) (?:now )?to "
    r"(?:continue|keep|finish|read|unlock|access)\b.{0,80}|"
    r"subscribe to our newsletter|sign up (?:for|to) our .{0,40}newsletters?|"
    r"newsletter|follow us(?: on .{2,40})?|"
    r"this slideshow requires javascript|like this (?:story|article)\? .{0,40}|"
    r"we pay for your stories!?.{0,140}|story highlights|"
    r"rss feeds?|back to top|top of page|loading|close|skip advertisement|"
    r"toggle caption|"
    r"hide caption|play video|watch video|listen live|copy link|save|like|teilen|"
    r"drucken|kommentare|partager|imprimer|compartir|imprimir|condividi|stampa|"
    r"delen|udostępnij|sdílet|(?:bild )?vergrößern|nach oben|zur startseite|"
    r"get the latest .{3,80}\bapp|download (?:our|the) .{0,30}\bapp|"
    r"please (?:log ?in|login|sign in|register).{0,80}|already a subscriber.{0,40}|"
    r"(?:you must be )?logged in to (?:post a )?comment|view the discussion thread|"
    r"you(?:'ve| have) (?:read|used|reached|viewed) .{0,60}(?:articles?|stories|limit)"
    r".{0,40}|"
    r"this (?:article|content|story) is (?:only )?(?:available )?(?:for|to) .{0,30}"
    r"(?:subscribers|members|readers).{0,60}|"
    r"(?:listen|subscribe|follow)(?: to us| now)? (?:on|via|in) "
    r"(?:apple podcasts?|spotify|google podcasts|itunes|overcast|"
    r"amazon music|audible|youtube music|pocket casts)"
    r"(?:(?:,| or| and| &)+ (?:[A-Z]\w+(?: [A-Z]\w+)?|wherever .{3,40}|your .{3,30}))*|"
    r"show (?:more|less|all)|mehr anzeigen|voir plus|mostrar más|mostra altro|"
    r"toon meer|"
    r"have an opinion (?:on|about) this (?:article|story|piece)\W.{0,120}|"
    r"(?:please )?(?:submit|send|write) (?:us )?a letter to the editor\b.{0,60}|"
    r"(?:last )?(?:viewed|read|seen|shared|gelesen|lu|leído|letto) (?:(?:by|von|par|"
    r"por|da) )?\d[\d.,  k]* (?:readers?|people|times|users?|visitors?|views?|mal|"
    r"leser\w*|fois|veces|volte)\b.{0,60}|"
    r"\d[\d.,  k]* (?:views|reads|shares|people (?:are )?"
    r"(?:reading|viewing|watching)(?: this)?)\b.{0,40}|"
    r"(?:last )?(?:updated|posted|published|modified) (?:an?|\d+) (?:second|minute|min|"
    r"hour|day|week|month)s? ago|"
    r"join (?:over |more than |our )?\d[\d.,]*k?\+? (?:[\w’'-]+ ){0,5}(?:readers|"
    r"subscribers|professionals|members|others|colleagues|leaders)\b.{0,60}|"
    r"(?:our|get|receive|have|the|stay)\b.{0,60} (?:brings?|delivers?|delivered|sends?|"
    r"sent|straight|direct(?:ly)?|news|stories|headlines|updates?)\b.{0,60} (?:to|in|"
    r"into) your (?:inbox|mailbox)\b.{0,40}|"
    r"get (?:the|our) .{2,40} newsletter|listen to (?:this )?article|ad|___+|\W+)\W*$",
    re.I,
)
"""A line that is a control, a slot or a heading of furniture, and nothing else."""

_LABEL_WORDS: dict[LineRole, str] = {
    "sponsored": r"advert|anzeige|werbung|publici|pubblicità|reklama?|annon|реклама"
    r"|広告",
    "paywall": r"subscriber|(?:used|reached|viewed) .*limit|is (?:only )?available"
    r"|to (?:continue|keep|finish|read|unlock|access)\b",
    "newsletter": r"newsletter|sign up|subscribe|e-?book|edition|your (?:inbox|mailbox)"
    r"|join .*\d",
    "comments": r"letter to the editor|have an opinion|comment|kommentar|log ?in\b"
    r"|login|discussion|repl(?:y|ies)\b|responses|join the (?:talk|conversation)",
    "tags": r"tags?\b|categor|kategorie|filed under|topics",
    "share": r"share|tweet|e-?mail|print|teilen|drucken|copy link|follow|save\b|like\b"
    r"|partager|compartir|condividi|delen|udostępnij|sdílet|impri",
}
_LABEL_ROLES = {
    role: re.compile(rf"\b(?:{words})", re.I) for role, words in _LABEL_WORDS.items()
}
"""What a label is by its words; the first that matches counts."""


def label_role(text: str) -> LineRole:
    """Return the role of a line that `LABELS` knows."""
    found = (role for role, words in _LABEL_ROLES.items() if words.search(text))
    return next(found, "nav")


@once
def said(text: str) -> tuple[LineRole, str] | None:
    """Return what a line's words say that it is, and the rule; None for most lines."""
    if len(text) < _LABELS_CHARS and LABELS.match(text):
        return label_role(text), "label"
    if CALENDAR.match(text):
        return "nav", "for a calendar program"
    if len(text) < _PICTURE_CHARS and PICTURE.search(text):
        return "caption", "says what or whose a picture is"
    return None


TAIL = re.compile(
    r"^\W*(?:©|copyright\b|all rights reserved|\(?for updates you can share|"
    r"follow .{2,40} on "
    r"(?:twitter|facebook|x|linkedin|instagram)|like us on|"
    r"write to .{3,60} at \S+@|contact (?:the|us) .{0,60}@|"
    r"follow (?:us|him|her|me)\b|join (?:us|our|the) .{0,60}(?:newsletter|"
    r"facebook|twitter)|"
    r"this material may not be published|have a (?:news )?tip\b|"
    r"send (?:us )?(?:your )?(?:news )?tips|"
    r"sign up (?:for|to)|subscribe (?:to|now|today)|e-?mail .{2,60}@\S+\s*$|"
    r"our website is the place for|download (?:our|the) .{2,30} app|"
    r"click here (?:to|for)|"
    r"the views expressed|opinions expressed|"
    r"the \w+ is not responsible for the content|e-?mail (?:this|to)\b|"
    r"stay (?:informed|connected|up to date) with\b|follow @?\w+\W*$|"
    r"all about .{3,60}$|were you interviewed|send a letter to the editor|"
    r"explore further\W*$|"
    r".{2,40} is a registered trademark)",
    re.I,
)
"""The beginning of a line that closes a page and not an article."""

CONTRIBUTORS = re.compile(
    r"^\W*(?:(?:with|additional|further) (?:files|reporting|reports?|material)"
    r" (?:from|by)\b|"
    r"with (?:the )?[A-Z][\w ]{2,30}$|mit (?:agenturmaterial|material von)\b|"
    r"(?:source|quelle|agencies)\s*:|"
    r".{3,200}\bcontributed (?:reporting|to (?:this|the))\b|"
    r"(?:first|originally) (?:published|appeared)\b|"
    r"(?:das )?(?:interview|protokoll|entrevista|intervista)\s*"
    r"(?:führte|by|von|de|di|:) .{3,80}$|propos recueillis par .{3,80}$|"
    r"aufgezeichnet von .{3,80}$|"
    r"e-?mail:? \S+@|.{3,60} can be reached (?:at|by)\b|[\w.+-]+@[\w.-]+\W*$)",
    re.I,
)
"""The beginning of a closing line that names contributors or where a text came from."""

PICTURE = re.compile(
    r"^\W*(?:(?:photo|picture|image|foto|bild|abbildung|abb\.|figure|fig\.|grafik|"
    r"illustration|credit|photograph|crédit|bildquelle|fotocredit|fotografía|imagen|"
    r"fot\.|zdjęcie|kuva|фото|写真)s?(?: \d+)?(?: (?:credit|photo|foto|image)s?)?"
    r"(?: by\b|\s*[:：©/(])|photo d.illustration|ilustrační foto|symbolbild\b|"
    r"(?:feature|featured|cover|header|banner|lead) (?:image|photo|picture)\b)|"
    r"(?:/|©|\(|\bby |\bvia )\s*(?:getty(?: images)?|afp|reuters|ap(?: photo)?|dpa|epa|"
    r"shutterstock|alamy|pa(?: wire| media)?|istock|unsplash|flickr)\W*$|"
    r"[(\[](?:photo|foto|bild|image|imagen|picture|crédit)s?(?: credit)?\s*:"
    r"[^()\[\]]{2,60}[)\]]\W*$",
    re.I,
)
"""A short line that describes a picture or says whose it is."""

ORIGIN = re.compile(
    r"^\W*(?:this|the) (?:article|story|post|piece|review) (?:was )?"
    r"(?:first|originally) (?:published|appeared|written)\b",
    re.I,
)
"""The beginning of a closing line that says where a text came from."""

OF_SOMEBODY = re.compile(
    r"(?:,? \([^)]*\))?,? (?:is|was|covers|writes|reports|joined|works|ist|est|es|"
    r"schreibt) "
)
"""What follows a name in a line that says who somebody is."""

BIOGRAPHY = re.compile(
    r"(?!(?:The|This|That|Die|Der|Das|La|El|Le|Les|Los|Las|Il) )"
    r"((?:[^\W\d_a-z][\w.'’-]* ){1,3}[^\W\d_a-z][\w'’-]+)"
    r"(?:,? \([^)]*\))?,? (?:is|was|ist|war|est|es|è|is een) "
    r"(?:an?|the|ein|eine|der|die|une?|la|una)\b"
)
"""The beginning of a line that says who somebody is, and the name, letter by letter."""

ENDING = re.compile(
    r"^(?:about (?:the |our )?(?:authors?|writers?|us|contributors?|.{3,40} author)|"
    r"(?:leave|post|add) a (?:comment|reply)|comments?(?: \(\d+\))?|"
    r"(?:\d+|no) (?:comments|responses|replies)\b.{0,40}|"
    r"join the (?:conversation|discussion)|topics covered|featured resources|"
    r"you may (?:also )?(?:like|enjoy).{0,20}|keep reading|"
    r"next (?:article|post|story)|previous (?:article|post|story)|get in touch|"
    r"contact us|subscribe.{0,40}|sign up.{0,40}|"
    r"stay (?:connected|informed|up to date).{0,30}|"
    r"über (?:den|die) autor(?:in|en)?|kommentare?|à propos de l.auteure?|"
    r"commentaires?|comentarios)\W*$",
    re.I,
)
"""A heading after which an article is over."""

OTHER_EVENTS = re.compile(
    r"^(?:upcoming|other|more|similar|related|past|future|next|all) events?\b.{0,20}$|"
    r"^(?:weitere|kommende|ähnliche) (?:veranstaltungen|termine)\W*$|"
    r"^(?:autres|prochains) événements\W*$|^(?:otros|próximos) eventos\W*$|"
    r"^(?:altri|prossimi) eventi\W*$",
    re.I,
)
"""A heading over the events of others, below the one that a page announces."""

CALENDAR = re.compile(
    r"(?:add to (?:my )?calendar\W*)?"
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d\S* \d{4}-\d\d-\d\d[T ]\d\d:\d\d",
    re.I,
)
"""How a line begins that a calendar program reads: two instants in a row."""

BYLINE = re.compile(
    r"^(?:by|von|par|por|words by|written by|posted by|reported by|text:|"
    r"foto:)\s+[^.!?]{2,110}$",
    re.I,
)
DATELINE = re.compile(
    r"^\W*(?:(?:first |last |originally )?(?:published|updated|posted|modified|"
    r"created|date|"
    r"veröffentlicht|aktualisiert|publiziert|erstellt|stand|publié|mis à jour|"
    r"publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|"
    r"opublikowano|publicerad|uppdaterad|publisert|oppdatert|news date)\b"
    r"(?: (?:on|at|by|am|le|el|il|op))?\s*:?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\d{1,2}[./ ])",
    re.I,
)
