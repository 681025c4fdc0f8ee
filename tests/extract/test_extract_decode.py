"""Bytes without a true label in; out: the text that was written."""

from __future__ import annotations

import pytest

from pipelines.extract.decode import decode

SAID = [
    ("cp1251", "Министерство объявило о новой программе закупок для школ."),
    ("koi8-r", "Министерство объявило о новой программе закупок для школ."),
    ("iso8859-5", "Министерство объявило о новой программе закупок для школ."),
    ("cp1253", "Η κυβέρνηση ανακοίνωσε νέο πρόγραμμα υπηρεσιών για τους δήμους"),
    ("cp1255", "משרד החינוך הודיע על מכרז חדש לבתי ספר בצפון הארץ"),
    ("cp1256", "أعلنت وزارة التعليم عن مناقصة جديدة لتزويد المدارس بالحواسيب"),
    ("cp1254", "Bakanlık okullar için yeni bir ihale açtığını duyurdu, görüşmeler var"),
    ("cp1250", "Ministerstvo oznámilo novou zakázku, žádosti lze podávat, říká úřad"),
    (
        "iso8859-2",
        "Ministerstwo ogłosiło przetarg; zgłoszenia do piątku, źródło",
    ),
    ("cp874", "กระทรวงประกาศโครงการจัดซื้อใหม่สำหรับโรงเรียน"),
    (
        "latin-1",
        "El ministerio anunció más plazas para escuelas españolas este año",
    ),
    ("latin-1", "O governo anunciou licitações; as informações não estão disponíveis"),
    ("gb18030", "政府宣布新的数字服务采购计划，各地学校可以提出申请。"),
    ("big5", "政府宣布新的數位服務採購計畫，各地學校可以提出申請。"),
    ("euc-jp", "政府は学校向けの新しい調達計画を発表した。申し込みは金曜日まで。"),
    ("euc-kr", "정부는 학교를 위한 새로운 디지털 조달 계획을 발표했다."),
]


@pytest.mark.parametrize("label", ["", "<meta charset=utf-8>"])
@pytest.mark.parametrize(("codec", "text"), SAID)
def test_letters_tell_the_encoding(codec: str, text: str, label: str) -> None:
    """Bytes without a label, or with a wrong one, are read by their letters."""
    markup = f"<html>{label}<title>{text}</title><p>{text}</p></html>"
    assert decode(markup.encode(codec), "text/html") == markup


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("cp1251", "x-cp1251"),
        ("iso8859-5", "iso88595"),
        ("cp866", "866"),
        ("mac-cyrillic", "x-mac-ukrainian"),
        ("koi8-u", "koi8-ru"),
    ],
)
def test_labels_of_the_standard(codec: str, label: str) -> None:
    """A label is known by every name that the WHATWG standard gives it."""
    body = f"<p>{SAID[0][1]}</p>".encode(codec)
    assert decode(body, f"text/html; charset={label}") == f"<p>{SAID[0][1]}</p>"


@pytest.mark.parametrize(
    ("codec", "meta", "text"),
    [
        ("cp1251", "windows-1251", SAID[0][1]),
        ("gb18030", "gb2312", SAID[12][1]),
        ("latin-1", "windows-1251", SAID[10][1]),
    ],
)
def test_default_of_the_server(codec: str, meta: str, text: str) -> None:
    """A server's iso-8859-1 gives way to the page's label where the letters say so."""
    markup = f"<meta charset={meta}><p>{text}</p>"
    assert decode(markup.encode(codec), "text/html; charset=ISO-8859-1") == markup


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("<!DOCTYPE html>é".encode("utf-16-le"), None, "<!DOCTYPE html>é"),
        ("<html>é".encode("utf-16-be"), None, "<html>é"),
        ("é".encode("cp1252"), "text/html; charset=x-user-defined", "é"),
        (b"\xe9 \x81\xff", "text/html; charset=shift_jis", "\ufffd \ufffd"),
        (b"caf\xe9", "text/html; charset=base64", "café"),
        (b"caf\xe9", "text/html; charset=utf-16", "café"),
    ],
)
def test_odd_labels(body: bytes, content_type: str | None, text: str) -> None:
    """Wide bytes need no label; a label that is none, or does not fit, is survived."""
    assert decode(body, content_type).startswith(text[:7])


SIGNS = [
    "The board will pay £50m for it, he said. Nothing else has been agreed for now.",
    "A test bed – “the first” – for £50m–£60m, it’s said … and €3m more",
    "A £bn plan, 5 m³ of peat at 20°C, 2½ inches, trade¹ and © ® ™",
    "Café owners at a naïve £ event: a £m here, £ 3 there",
    "Un été à Paris, £ 50 – l’école",
    "¿Qué pasa? ¿cómo?",
]


@pytest.mark.parametrize("markup", ["{}", "<html><title>x</title><p>{}</p></html>"])
@pytest.mark.parametrize("text", SIGNS)
def test_a_few_signs_are_no_evidence_of_another_script(text: str, markup: str) -> None:
    """A lone "£" or dash in an unlabelled text is a sign, not a Thai letter."""
    body = markup.format(text).encode("cp1252")
    assert decode(body, None) == body.decode("latin-1")
