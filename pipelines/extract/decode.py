"""Bytes and a Content-Type header in, the page's text out.

The order is that of the HTML standard (mark, header, meta), with two corrections
that real pages need: bytes that are valid UTF-8 are UTF-8 whatever the label says,
and a label that the bytes contradict gives way to the next one.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.I)
_META = re.compile(
    rb"<meta(?=[\s/])[^>]*?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.\-]+)", re.I
)
_XML = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([a-zA-Z0-9_:.\-]+)", re.I)
_COMMENT = re.compile(rb"<!--.*?-->", re.S)
_HIGH = re.compile(rb"[\x80-\xff]+")
_TAGS = re.compile(rb"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.I | re.S)
_META_BYTES = 65_536
# Browsers read these labels as the larger set (WHATWG Encoding, section 4.2).
_WEB_NAMES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "x-user-defined": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_ALIASES = {
    "x-sjis": "shift_jis", "windows-31j": "cp932",
    "x-gbk": "gbk", "csgb2312": "gbk", "gb_2312": "gbk", "gb_2312-80": "gbk",
    "cn-big5": "big5", "x-x-big5": "big5",
    "x-euc-jp": "euc_jp", "cseucpkdfmtjapanese": "euc_jp",
    "ks_c_5601-1987": "euc_kr", "ks_c_5601-1989": "euc_kr", "ksc_5601": "euc_kr",
    "cseuckr": "euc_kr", "csksc56011987": "euc_kr", "iso-ir-149": "euc_kr",
    "windows-949": "euc_kr",
    "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8", "csiso88598i":
    "iso8859-8", "csiso88598e": "iso8859-8", "visual": "iso8859-8", "logical":
    "iso8859-8", "iso-8859-6-i": "iso8859-6", "iso-8859-6-e": "iso8859-6",
    "csiso88596i": "iso8859-6", "csiso88596e": "iso8859-6",
    "sun_eu_greek": "iso8859-7", "csisolatin9": "iso8859-15",
    "windows-874": "cp874", "dos-874": "cp874",
    "koi": "koi8-r", "koi8": "koi8-r", "koi8-ru": "koi8-u",
    "mac": "mac-roman", "csmacintosh": "mac-roman", "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic", "x-mac-ukrainian": "mac-cyrillic",
    "utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8",
    "unicode20utf8": "utf-8", "x-unicode20utf8": "utf-8", "unicode": "utf-8",
    "csunicode": "utf-8", "unicodefeff": "utf-8", "unicodefffe": "utf-8",
    "iso-10646-ucs-2": "utf-8", "ucs-2": "utf-8",
}  # fmt: skip
"""Labels of the WHATWG Encoding standard (4.2) that Python knows by other names."""
_SHORT_LABEL = re.compile(r"^(?:x-(cp)(125[0-8])|(iso8859)(\d{1,2}))$")
_ESCAPE, _TWO_BYTES = b"\x1b", b"\x1b$"
"""What begins two-byte characters in ISO-2022-JP, whose bytes are all ASCII; one byte
is looked for first, which takes a twentieth of the time."""
_SAMPLE_BYTES = 50_000
_NARROW_CODECS = (
    "cp1252", "cp1250", "cp1251", "cp1254", "cp1253", "cp1255", "cp1256", "koi8-r",
    "iso8859-2", "iso8859-5", "cp874", "koi8-u", "cp866",
)  # fmt: skip
_NARROW = re.compile(r"cp(?:125|4|8[567])|iso8859|mac|koi8|kz|ptcp|tis|hp|ascii")
_BONUS = 0.05
"""What the library's guess weighs where letters alone leave it open."""
_RARE_LETTERS = frozenset("ýþðÝÞÐªºµƒˆĺŕĹŔ")
_UNLIKELY = re.compile(
    r"[^\W\d_A-Z][A-ZÀ-ÖØ-ÞŸŠŽА-ЯЁ]"  # a capital inside a word
    r"|[^\W\d_][¡-©«-´¶-¹»-¿×÷][^\W\d_]"  # a sign inside a word
    r"|[À-ɏ]{3}"  # three accented letters in a row
    r"|[À-ӿ]\d"  # an accented letter before a figure: a currency sign misread
    r"|[A-Za-z][Ͱ-ࣿ]|[Ͱ-ࣿ][A-Za-z]"  # two scripts in a word
    r"|[øèìù][íáúý]|[íáúý][øèìù]"  # Czech, misread
    r"|ń[aeiouy]|ă[oe]|ő[em]"  # Spanish or Portuguese, misread
    r"|\bŁ(?:m|bn|k)\b"  # pounds, misread
    r"|[\x80-\x9f]"  # controls, which no text has
    r"|\b[ъыьЪЫЬ]|[бвгджзйклмнпрстфхцчшщ]{5}"  # no Cyrillic word
    r"|ς\w|\b[ϊϋΐΰ]|[βγδζθκλμνξπρσςτφχψ]{5}"  # no Greek word
    r"|[ךםןףץ][א-ת]"  # a final letter inside a Hebrew word
)
_OTHER_SCRIPTS = frozenset(
    ("cp1251", "cp1253", "cp1255", "cp1256", "koi8-r", "koi8-u", "iso8859-5", "cp866",
     "cp874")
)  # fmt: skip
_OTHER_LATIN = frozenset(("cp1250", "cp1254", "iso8859-2"))
_OTHER_WORD = re.compile(r"[Ͱ-ࣿ\u0e00-\u0e7f]{3,}")
_LEAST_WORDS, _LONG_WORD = 2, 12
"""So many words of another script, or so long a one, are evidence of it: a lone letter
beside figures is a "£", a dash or a quotation mark misread. Thai sets no spaces."""
_IN_WORD = re.compile(r"(?<=[^\W\d_])[^\W\d_A-Za-z]|[^\W\d_A-Za-z](?=[^\W\d_])")
_LONE = re.compile(r"(?<![^\W\d_])[^\W\d_A-Za-z](?![^\W\d_])")
_FIRST_LEVELS = {
    "gb18030": ("gb2312", 0xD7),
    "big5hkscs": ("big5", 0xC6),
    "cp932": ("euc_jp", 0xCF),
    "shift_jis_2004": ("euc_jp", 0xCF),
    "shift_jisx0213": ("euc_jp", 0xCF),
    "euc_jp": ("euc_jp", 0xCF),
    "euc_jis_2004": ("euc_jp", 0xCF),
    "euc_jisx0213": ("euc_jp", 0xCF),
}
"""Wide codec to its national set and the last lead byte of what is in common use."""
_LETTERS, _COMMON_SHARE, _LEAST_COMMON = 400, 0.6, 3
"""Letters looked at, the share that must be in common use, and the number that is too
few to tell: "£60" and "°" are each a letter of some wide codec."""
_SERVER_DEFAULT, _PLAIN = "cp1252", 0.3
"""What servers say of every page unless told otherwise, and by how much the letters
must speak against it."""
_FEW_FAULTS = 0.02
"""Share of broken sequences below which a page is still UTF-8."""


def decode(body: bytes, content_type: str | None) -> str:
    """Return the text of the body; never raises, never guesses twice."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if _is_wide(body):
        return body.decode(
            "utf-16-le" if body[1:2] == b"\0" else "utf-16-be", "replace"
        )
    if _ESCAPE in body and _TWO_BYTES in body:
        japanese = _strictly(body, "iso2022_jp")
        if japanese is not None:
            return japanese
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return _by_label(body, _labels(body, content_type))


def _is_wide(body: bytes) -> bool:
    """Whether the bytes are UTF-16 markup without a byte order mark."""
    return body[:4] in (b"<\0!\0", b"<\0h\0", b"\0<\0!", b"\0<\0h")


def _labels(body: bytes, content_type: str | None) -> list[str]:
    """Return the codecs that header, XML declaration and meta name, in that order."""
    found = _HEADER.search(content_type or "")
    raw = [found.group(1)] if found else []
    head = _COMMENT.sub(b"", body[:_META_BYTES])
    for pattern in (_XML, _META):
        match = pattern.search(head)
        if match:
            raw.append(match.group(1).decode("ascii"))
    names = [name for name in map(_codec, raw) if name]
    return list(dict.fromkeys(names))


def _codec(label: str) -> str | None:
    """Return the Python codec a web label means; None for an unknown label."""
    label = _SHORT_LABEL.sub(_spelled, label.strip().lower())
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
    except (LookupError, ValueError):
        return "cp1252" if label == "x-user-defined" else None
    if label.startswith("utf-16"):
        return "utf-8"
    return _WEB_NAMES.get(name, name) if _is_text_codec(name) else None


def _spelled(match: re.Match[str]) -> str:
    """Return "x-cp1250" and "iso88592" as Python spells them."""
    return f"cp{match[2]}" if match[1] else f"iso8859-{match[4]}"


def _is_text_codec(name: str) -> bool:
    """Whether the codec turns bytes into text and cannot be used as an attack."""
    return name not in {
        "base64", "bz2", "hex", "idna", "punycode", "quopri", "raw-unicode-escape",
        "rot13", "unicode-escape", "undefined", "uu", "zlib", "utf-7", "mbcs", "oem",
    }  # fmt: skip


def _utf8_faults(body: bytes) -> float:
    """Return the share of the characters beyond ASCII that are not valid UTF-8."""
    text = body.decode("utf-8", "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") / max(1, beyond)


def _by_label(body: bytes, labels: list[str]) -> str:
    """Decode bytes that are not clean UTF-8: the first label that fits, or a guess."""
    faults = _utf8_faults(body)
    if faults <= _FEW_FAULTS or ("utf-8" in labels and faults < 0.3):
        return body.decode("utf-8", "replace")
    legacy = [name for name in labels if name != "utf-8"]
    if legacy[1:] and legacy[0] == _SERVER_DEFAULT and _is_plainly(body, legacy[1]):
        legacy.reverse()
    for name in legacy:
        text = _strictly(body, name)
        if text is not None:
            return text
    return _guess(body) if not legacy else body.decode(legacy[0], "replace")


def _is_plainly(body: bytes, name: str) -> bool:
    """Whether the letters speak for what the page says against the server's default."""
    sample = _TAGS.sub(b" ", body)[:_SAMPLE_BYTES]
    if name in _FIRST_LEVELS or name == "cp949":
        return _is_east_asian(sample, name)
    return _likeness(sample, name) > _likeness(sample, _SERVER_DEFAULT) + _PLAIN


def _strictly(body: bytes, name: str) -> str | None:
    """Decode without replacing; None if the bytes do not fit the codec."""
    if name == "cp1252":
        return body.decode("latin-1")  # text.fold maps what differs
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _guess(body: bytes) -> str:
    """Decode unlabelled bytes by their letters; windows-1252 where nothing tells."""
    sample = _TAGS.sub(b" ", body)[:_SAMPLE_BYTES]
    best = from_bytes(sample).best() if _HIGH.search(sample) else None
    name = _codec(best.encoding) if best else None
    if name is None or _NARROW.match(name) or not _is_east_asian(sample, name):
        bonus = {name: _BONUS}
        name = max(
            (codec for codec in _NARROW_CODECS if _is_backed(sample, codec)),
            key=lambda c: _likeness(sample, c) + bonus.get(c, 0.0),
        )
    text = _strictly(body, name)
    return body.decode(name, "replace") if text is None else text


def _is_backed(sample: bytes, name: str) -> bool:
    """Whether words, not single letters, speak for a one-byte codec.

    Windows-1252 needs no evidence where it reads well. Another Latin set has some where
    a letter stands in a word that windows-1252 does not read as a sign, as "£" or "³".
    """
    text = sample.decode(name, "replace")
    if name in _OTHER_SCRIPTS:
        words = _OTHER_WORD.findall(text)
        return len(words) >= _LEAST_WORDS or any(len(w) >= _LONG_WORD for w in words)
    if name == _SERVER_DEFAULT or _likeness(sample, _SERVER_DEFAULT) < 0:
        return True
    letters = "".join(frozenset(_IN_WORD.findall(text)))
    misread = letters.encode(name, "ignore").decode(_SERVER_DEFAULT, "replace")
    return any(sign.isalpha() for sign in misread)


def _is_east_asian(sample: bytes, name: str) -> bool:
    """Whether the sample, read by a wide codec, is made of characters in common use.

    Bytes of a narrow codec, read in pairs, are characters that nobody writes.
    """
    text = sample.decode(name, "replace")
    high = [c for c in text if c > "\u2e7f"][:_LETTERS]
    national = _FIRST_LEVELS.get(name, ("ascii", 0))
    common = sum(_is_common(c, *national) for c in high)
    return common > max(_COMMON_SHARE * len(high), _LEAST_COMMON)


def _is_common(letter: str, name: str, last: int) -> bool:
    """Whether a letter is kana, hangul or in the first level of a national set."""
    if "\u3000" <= letter <= "\u30ff" or "\uac00" <= letter <= "\ud7a3":
        return True
    if "\uff00" <= letter <= "\uffef":  # half-width: one byte, a sign elsewhere
        return False
    try:
        return letter.encode(name)[0] <= last
    except UnicodeEncodeError:
        return False


def _likeness(sample: bytes, name: str) -> float:
    """Return how much the sample, read by a one-byte codec, looks like words.

    Letters count for it; against it count capitals and signs inside words, and
    letters that the codec's languages hardly use.
    """
    text = sample.decode(name, "replace")
    high = sum(not c.isascii() for c in text) or 1
    good = sum(c.isalpha() and not c.isascii() and c not in _RARE_LETTERS for c in text)
    if name in _OTHER_LATIN:
        good -= len(_LONE.findall(text))
    return (good - 2 * len(_UNLIKELY.findall(text)) - 2 * text.count("\ufffd")) / high
