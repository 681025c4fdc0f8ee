"""The words by which captions name a picture's maker, in the languages pages come in.

Data only. Words are spelled as printed, names as `text.key` folds them.
"""

from __future__ import annotations

PICTURE_WORDS = (
    # English
    "image", "images", "photo", "photos", "photograph", "photographs", "photography",
    "photographer", "picture", "pictures", "pic", "pics", "illustration", "graphic",
    "artwork", "screenshot", "screengrab", "video still", "render",
    # German, Dutch, Scandinavian, Finnish
    "foto", "fotos", "bild", "bilder", "grafik", "symbolbild", "symbolfoto",
    "archivbild", "archivfoto", "fotograf", "fotografin", "abbildung", "beeld",
    "afbeelding", "fotograaf", "arkivfoto", "genrebild", "illustrasjon", "kuva",
    "kuvat", "ljósmynd",
    # French, Spanish, Portuguese, Catalan, Italian, Romanian
    "photographie", "visuel", "infographie", "imagen", "imágenes", "fotografía",
    "ilustración", "imagem", "imagens", "fotografia", "ilustração", "imatge",
    "immagine", "immagini", "illustrazione", "fotografie", "imagine",
    # Polish, Czech, Slovak, Hungarian, Turkish, Greek, Russian, Ukrainian
    "fot.", "zdjęcie", "zdjęcia", "snímek", "fotó", "kép", "fotoğraf", "görsel",
    "φωτογραφία", "φωτο", "фото", "фотографія", "изображение",
)  # fmt: skip
"""What a picture is called; a colon after one may begin a caption as well."""

CREDIT_LEADS = (
    "credit", "credits", "image credit", "image rights", "source", "copyright",
    "quelle", "bildquelle", "bildnachweis", "bildrechte", "fotonachweis", "bildcredit",
    "fotocredit", "urheber", "rechte", "crédit", "crédits", "crédit photo",
    "crédits photo", "crédits photos", "crédit image", "fuente", "crédito", "créditos",
    "fonte", "credito", "crediti", "reprodução", "divulgação", "bron",
    "fotokilde", "källa", "fotograf", "źródło", "zdroj", "forrás", "kaynak",
    "πηγή", "источник", "джерело",
)  # fmt: skip
"""Words that, with a colon, can only stand before a credit."""

CREDIT_STARTS = (
    "credit", "credits", "source", "copyright", "courtesy of", "by", "via",
)  # fmt: skip
"""What makes a credit of an English word for a picture: "Image credit", "Photo by"."""

AGENCIES = frozenset(
    ("getty", "getty images", "gettyimages", "shutterstock", "shutterstock com",
     "istock", "istockphoto", "istock by getty images", "alamy", "alamy stock photo",
     "reuters", "afp", "afp via getty images", "pa", "pa wire", "pa images",
     "pa media", "pa archive", "press association", "ap", "ap photo", "ap images",
     "epa", "epa efe", "dpa", "adobe stock", "adobestock",
     "stock adobe com", "unsplash", "unsplash com", "pexels", "pexels com", "pixabay",
     "pixabay com", "flickr", "wikimedia commons", "wikimedia", "depositphotos",
     "dreamstime", "bloomberg", "picture alliance", "picture alliance dpa", "imago",
     "imago images", "ansa", "efe", "fotolia", "freepik", "rex features", "rex",
     "rex shutterstock", "zuma press", "zuma", "crown copyright", "afpforum", "apa",
     "keystone", "keystone sda", "belga", "anp", "ritzau scanpix", "scanpix", "ntb",
     "lehtikuva", "europa press", "lapresse", "lusa", "agencia brasil",
     "agencia efe", "xinhua", "kyodo", "yonhap", "tass", "ria novosti", "ukrinform",
     "aap", "aapimage", "canadian press", "the canadian press", "nurphoto", "sipa",
     "sipa usa", "abaca", "hans lucas", "cnp", "sopa images", "anadolu",
     "anadolu agency", "science photo library", "mary evans",
     "bridgeman images", "handout", "hand out", "file photo", "stock photo",
     "courtesy photo", "submitted photo", "ap foto", "nasa photo", "afp photo",
     "afp pic", "reuters pic", "epa pic")
)  # fmt: skip
"""Agencies, libraries and stocks, and what stands where a maker's name would."""

SHOWN = (
    "pictured", "l-r", "l to r", "from left to right", "left to right", "im bild",
    "von links", "v.l.n.r", "sur la photo", "de gauche à droite", "en la imagen",
    "de izquierda a derecha", "na foto", "nella foto", "da sinistra", "op de foto",
    "v.l.n.r.", "på bilden", "fra venstre",
)  # fmt: skip
"""The beginning of a line that says what a picture shows."""

GOVERNING = frozenset(
    ("to", "by", "with", "for", "from", "of", "told", "and", "or", "the", "at", "an",
     "von", "der", "die", "das", "mit", "für", "und", "an", "bei", "de", "la", "le",
     "à", "par", "avec", "et", "a", "con", "para", "por", "y", "di", "da", "e", "van",
     "met", "voor", "en", "av", "til", "och", "og")
)  # fmt: skip
"""Words after which an agency's name belongs to the sentence: "He spoke to Reuters"."""
