"""Month names of the languages pages come in, and the zone names they write."""

from __future__ import annotations

_LANGUAGES = (
    "january february march april may june july august september october november "
    "december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "janv febr mrz avr mai juin juil aou sept okt novem dez",
    "januar februar märz april mai juni juli august september oktober november "
    "dezember",
    "jänner feber maerz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
    "janvier fevrier mars avril mai juin juil aout sept oct nov déc",
    "janv févr mars avr mai juin juill août sept oct nov dec",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre",
    "ene feb mar abr may jun jul ago set oct nov dic",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre "
    "novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro "
    "novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
    "januari februari maart april mei juni juli augustus september oktober "
    "november december",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "januari februari mars april maj juni juli augusti september oktober november "
    "december",
    "januar februar marts april maj juni juli august september oktober november "
    "desember",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września "
    "października listopada grudnia",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień "
    "październik listopad grudzień",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "янв фев мар апр май июн июл авг сен окт ноя дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня "
    "листопада грудня",
    "ledna února března dubna května června července srpna září října listopadu "
    "prosince",
    "januari februari maret april mei juni juli agustus september oktober "
    "november desember",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "يناير فبراير مارس إبريل أيار يونيه يوليه آب سبتمبر اكتوبر نوفمبر ديسمبر",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie "
    "octombrie noiembrie decembrie",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta "
    "elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "január február március április május június július augusztus szeptember "
    "október november december",
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου "
    "σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου",
)  # fmt: skip
MONTHS: dict[str, int] = {
    name: number
    for language in reversed(_LANGUAGES)
    for number, name in enumerate(language.split(), 1)
}
"""Lower-case month name or abbreviation to its number; earlier languages win."""

ZONES: dict[str, int] = {
    "GMT": 0, "UTC": 0, "Z": 0, "WET": 0, "BST": 60, "IST": 330, "WEST": 60,
    "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420, "AEST": 600, "AEDT": 660, "JST": 540,
    "SGT": 480, "HKT": 480, "NZST": 720, "NZDT": 780, "SAST": 120, "GST": 240,
}  # fmt: skip
"""Zone name to minutes east of UTC, as the press of their countries uses them."""
