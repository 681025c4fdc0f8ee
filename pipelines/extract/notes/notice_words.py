"""The words by which newsrooms correct themselves, in the languages pages come in.

Data only. Entries are pieces of regular expressions, matched without regard to case.
"""

from __future__ import annotations

from archive.records import NoticeKind

LEADS: dict[NoticeKind, tuple[str, ...]] = {
    "correction": (
        r"corrections?(?: (?:and|&) clarifications?)?", "corrected", "errat(?:um|a)",
        "errata corrige", "korrektur(?:hinweis)?", "berichtigung", "richtigstellung",
        "rectificatif", "correctif", r"fe de errat(?:as|a)", "corrección",
        "rectificación", "rettifica", "correzione", "rectificatie", "correctie",
        "correção", "rättelse", "korrigering", "rettelse", "oikaisu", "sprostowanie",
        "oprava", "düzeltme", "исправление",
    ),
    "clarification": (
        "clarifications?", "clarified", "klarstellung", "précision", "aclaración",
        "precisazione", "chiarimento", "verduidelijking", "esclarecimento",
        "förtydligande", "presisering", "præcisering", "tarkennus", "уточнение",
    ),
    "update": (
        r"updated?(?: note)?", "aktualisierung", "aktualisiert", "nachtrag",
        "mise à jour", "actualización", "actualizado", "aggiornamento", "aggiornato",
        "atualização", "atualizado", "uppdatering", "uppdaterad", "oppdatering",
        "oppdatert", "opdatering", "opdateret", "aktualizacja", "обновление",
    ),
    "editor_note": (
        r"editor(?:[’']s|s[’']?|ial)?[ -]note", "notes? (?:from|by) the editors?",
        "note to (?:our )?readers", r"publisher[’']?s note",
        "anmerkung (?:der|d.) red(?:aktion|.)", r"anm\. ?(?:d\.|der) ?red\.?",
        "hinweis der redaktion", "redaktioneller hinweis", "transparenzhinweis",
        "note de la rédaction", "note de l[’']éditeur", "ndlr",
        "nota de(?: la)? redacción", "nota del editor", "nota della redazione",
        "nota del direttore", "noot van de redactie", "nota da redação",
        "nota do editor", "redaktionens (?:anmärkning|kommentar)", "red. anm.?",
        "od redakcji", "от редакции",
    ),
}  # fmt: skip
"""What a notice begins with, before a colon, a dash or a date."""

SENTENCES: tuple[tuple[NoticeKind, str], ...] = (
    ("correction",
     r"(?:an?|the) (?:earlier|previous|prior|original|first|initial) version of "
     r"(?:this|the|our)(?: \w+){0,2} (?:mis\w+|incorrect\w*|wrongly|erroneously|"
     r"inaccurate\w*|"
     r"said|stated|gave|had|did|reported|was|referred|described|identified|included|"
     r"omitted|used|contained|attributed|quoted|suggested|implied)\b"),
    ("correction",
     r"(?:this|the|our)(?: \w+){0,2} (?:was|were|has been|have been)(?: since)? "
     r"(?:amended|corrected)\b"),
    ("clarification",
     r"(?:this|the)(?: \w+){0,2} (?:was|has been)(?: since)? clarified\b"),
    ("update",
     r"(?:this|the) (?:article|story|post|blog post|piece|report|headline|column|"
     r"review|interview|page|item|news item|guide|list)"
     r"(?:,? (?:which )?(?:was )?(?:originally |first )?published[^.]{0,60}?,?(?: "
     r"and)?)?"
     r"(?: was| has been|,? was)?(?: last| most recently| since)? "
     r"(?:updated|revised|edited|changed|modified|altered)\b(?! by\b)"),
    ("update",
     r"this (?:article|story|post|blog post|piece|guide|review|list) was (?:originally|"
     r"first) (?:published|posted|written)\b.{0,80}\b(?:updated|revised)\b"),
    ("update", r"(?:it|this) has been updated (?:to|with|for|since|after)\b"),
    ("update", r"we(?: have|[’']ve)? updated this \w+ (?:on|to|with|in)\b"),
    ("update", r"this (?:is a )?(?:developing|breaking) (?:news )?story (?:and )?"
     r"(?:will|has)\b.{0,20}\bupdated"),
    ("correction",
     r"(?:dieser|der|in diesem) (?:artikel|beitrag|text|meldung|version)\b.{0,60}\b"
     r"(?:korrigiert|berichtigt)"),
    ("update",
     r"(?:dieser|der) (?:artikel|beitrag|text) (?:wurde|ist)\b.{0,60}\b(?:aktualisiert|"
     r"überarbeitet|ergänzt|geändert|präzisiert|angepasst)"),
    ("correction",
     r"(?:in )?(?:einer|eine) (?:früheren?|ersten?|vorherigen?|älteren?|vorigen?) "
     r"(?:version|fassung) (?:dieses|des|der)\b"),
    ("correction", r"(?:cet article|ce texte) a été (?:corrigé|rectifié)"),
    ("update",
     r"(?:cet article|ce texte) a été (?:modifié|mis à jour|actualisé|complété)"),
    ("correction", r"(?:dans )?une (?:première )?version (?:précédente|antérieure|"
     r"initiale)? ?de (?:cet|ce)\b"),
    ("correction", r"(?:este|esta|el|la) (?:artículo|noticia|texto|nota|información) "
     r"(?:ha sido|fue|se ha) (?:corregid|rectificad)[oa]"),
    ("update", r"(?:este|esta) (?:artículo|noticia|texto|nota|información) (?:ha sido|"
     r"fue|se ha) (?:actualizad|modificad|editad)[oa]"),
    ("correction", r"(?:en )?una versión (?:anterior|previa) de (?:este|esta)\b"),
    ("correction", r"questo (?:articolo|testo) è stato (?:corretto|rettificato)"),
    ("update", r"questo (?:articolo|testo) è stato (?:aggiornato|modificato)"),
    ("correction",
     r"(?:in )?una (?:versione precedente|precedente versione) di questo\b"),
    ("correction", r"(?:in )?een eerdere versie van dit\b"),
    ("update", r"(?:dit|het) (?:artikel|bericht|stuk) (?:is|werd)\b.{0,40}\b"
     r"(?:aangepast|gecorrigeerd|bijgewerkt|gewijzigd|aangevuld)"),
    ("correction", r"(?:este|esta|o|a) (?:artigo|reportagem|texto|matéria|notícia) foi "
     r"(?:corrigid|retificad)[oa]"),
    ("update", r"(?:este|esta) (?:artigo|reportagem|texto|matéria|notícia) foi "
     r"(?:atualizad|alterad|modificad|editad)[oa]"),
    ("correction", r"(?:em )?uma versão anterior (?:deste|desta)\b"),
    ("correction", r"(?:i )?en tidigare version av\b"),
    ("correction", r"(?:i )?en tidligere (?:versjon|version) av?f?\b"),
    ("update", r"(?:artikeln|texten|saken|artikkelen|artiklen) (?:har|er|ble|blev|är)\b"
     r".{0,30}\b(?:uppdaterats?|rättats?|oppdatert|rettet|korrigert|opdateret)"),
    ("correction", r"we poprzedniej wersji (?:tego )?(?:artykułu|tekstu)"),
)  # fmt: skip
"""How a notice begins that has no label; the first that matches gives its kind."""

SENTENCE_WORDS = frozenset(
    ("a", "an", "the", "this", "our", "it", "we", "dieser", "der", "in", "einer",
     "eine", "cet", "ce", "dans", "une", "este", "esta", "el", "la", "en", "una",
     "questo", "een", "dit", "het", "o", "em", "uma", "i", "artikeln", "texten",
     "saken", "artikkelen", "artiklen", "note", "nb", "n", "hinweis", "anmerkung",
     "nota", "on")
)  # fmt: skip
"""The first words of such sentences, and of what may stand before them."""

CLASSES: tuple[tuple[str, NoticeKind], ...] = (
    ("correction", "correction"), ("erratum", "correction"),
    ("amendment", "correction"), ("clarification", "clarification"),
    ("editors-note", "editor_note"), ("editor-note", "editor_note"),
    ("editornote", "editor_note"), ("editorsnote", "editor_note"),
    ("editorial-note", "editor_note"), ("update-note", "update"),
)  # fmt: skip
"""What boxes with notices are called; compared with class names in lower case."""
