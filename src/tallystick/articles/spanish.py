"""Spanish sentences of an English text, glossed: numbers, days and the common words for what is counted, in English.

A gloss is no translation. It lets numbers be found as Spanish writes them (60.311, 1,28 millones) and be matched
where enough of the words are known; what is not known stays, and stands against a match as any other word does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tallystick.articles.quantity import Quantity

_OFTEN = frozenset([
    "el", "la", "los", "las", "de", "del", "que", "en", "y", "un", "una", "por", "con", "para", "según", "más",
    "es", "fue", "fueron", "era", "eran", "está", "están", "estaban", "hubo", "desde", "hasta", "su", "sus", "al",
    "se", "lo", "como", "casi", "personas", "año", "otras", "otros", "haya", "son", "ser", "sin", "ni", "pero",
    "unas", "unos", "le", "ya",
])  # fmt: skip
_LEAST, _SHARE = 4, 0.3
_MONTHS = {
    "enero": "January", "febrero": "February", "marzo": "March", "abril": "April", "mayo": "May", "junio": "June",
    "julio": "July", "agosto": "August", "septiembre": "September", "setiembre": "September", "octubre": "October",
    "noviembre": "November", "diciembre": "December",
}  # fmt: skip
_DATE = re.compile(rf"(?i)\b(?P<day>\d{{1,2}}) de (?P<month>{'|'.join(_MONTHS)})(?: del? (?P<year>\d{{4}}))?\b")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)|\d+,\d{1,2}(?!\d)")
_PHRASES = {
    "no es cierto que": "it is not true that",
    "miles de millones de dólares": "billions of dollars",
    "mil millones de dólares": "billion dollars",
    "millones de dólares": "million dollars",
    "millón de dólares": "million dollars",
    "mil millones": "billion",
    "un millón de": "one million",
    "millones de": "million",
    "millones": "million",
    "millón": "million",
    "más de": "more than",
    "menos de": "fewer than",
    "al menos": "at least",
    "por lo menos": "at least",
    "cerca de": "about",
    "alrededor de": "about",
    "casi": "nearly",
    "unas": "about",
    "unos": "about",
    "según": "according to",
    "por mes": "a month",
    "al mes": "a month",
    "por día": "a day",
    "al día": "a day",
    "diarios": "a day",
    "por ciento": "percent",
    "la mitad de": "half of",
    "por debajo de los": "down from the",
    "por encima de los": "up from the",
    "hoja de cálculo": "spreadsheet",
    "cargos pendientes": "pending charge",
    "en la zona de": "in the area of",
    "año fiscal": "fiscal year",
    "detención": "detention",
    "bajo custodia": "in custody",
    "bajo detención": "in detention",
    "de los": "of the",
    "de las": "of the",
    "de la": "of the",
    "personas": "people",
    "inmigrantes": "immigrants",
    "detenidas": "held in detention",
    "detenidos": "held in detention",
    "arrestos": "arrests",
    "arrestó": "arrested",
    "arrestadas": "arrested",
    "arrestados": "arrested",
    "deportó": "deported",
    "deportado": "deported",
    "deportados": "deported",
    "deportadas": "deported",
    "deportaciones": "deportations",
    "acuerdos": "agreements",
    "agencias": "agencies",
    "estados": "states",
    "muertes": "deaths",
    "murieron": "died",
    "gastó": "spent",
    "pagó": "paid",
    "contratos": "contracts",
    "contrato": "contract",
    "pidió": "asked for",
    "nombres": "names",
    "direcciones": "addresses",
    "seguro social": "Social Security",
    "cifra": "figure",
    "exacta": "exact",
    "condena": "conviction",
    "sin": "without",
    "ni": "nor",
    "no": "not",
    "tenía": "had",
    "tenían": "had",
    "había": "there were",
    "hubo": "there were",
    "fueron": "were",
    "eran": "were",
    "era": "was",
    "fue": "was",
    "estaban": "were",
    "están": "are",
    "desde": "since",
    "hasta": "until",
    "mil": "thousand",
    "en": "in",
    "de": "of",
    "del": "of the",
    "el": "the",
    "la": "the",
    "los": "the",
    "las": "the",
    "y": "and",
    "o": "or",
    "por": "by",
    "con": "with",
    "para": "for",
    "que": "that",
    "según él": "he said",
}
_KNOWN = re.compile(r"(?i)\b(?:" + "|".join(sorted(map(re.escape, _PHRASES), key=len, reverse=True)) + r")\b")
_MONTH = re.compile(rf"(?i)\b(?:{'|'.join(_MONTHS)})\b")


@dataclass(frozen=True)
class Gloss:
    """The English `text`, and for each replaced piece where it begins and ends there and in the Spanish `said`."""

    text: str
    said: str
    pieces: tuple[tuple[int, int, int, int], ...]

    def placed(self, one: Quantity) -> Quantity:
        """A quantity of the gloss in its place in the Spanish sentence."""
        start, end = self._back(one.start), self._back(one.end, last=True)
        return replace(one, text=self.said[start:end], start=start, end=end)

    def _back(self, at: int, *, last: bool = False) -> int:
        moved = 0
        for start, end, from_, to in self.pieces:
            if start < at < end or (start == at and not last) or (end == at and last):
                return to if last else from_
            if end <= at:
                moved = to - end
        return at + moved


def gloss(text: str) -> Gloss | None:
    """The gloss of a Spanish sentence; None for any other."""
    if not _is_spanish(text):
        return None
    told, pieces, at = "", [], 0
    for start, end, english in _found(text):
        told += text[at:start]
        pieces.append((len(told), len(told) + len(english), start, end))
        told, at = told + english, end
    return Gloss(told + text[at:], text, tuple(pieces))


def in_english(text: str) -> str:
    """A line with its Spanish days in English."""
    return _DATE.sub(_date, text)


def _is_spanish(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    often = sum(word in _OFTEN for word in words)
    return often >= _LEAST and often >= _SHARE * len(words)


def _found(text: str) -> list[tuple[int, int, str]]:
    """Each piece that has an English one, in order; none lies over another."""
    found: list[tuple[int, int, str]] = []
    patterns = ((_DATE, _date), (_NUMBER, _number), (_KNOWN, _known), (_MONTH, _month))
    for pattern, english in patterns:
        for one in pattern.finditer(text):
            if not any(start < one.end() and one.start() < end for start, end, _ in found):
                found.append((one.start(), one.end(), english(one)))
    return sorted(found)


def _date(found: re.Match[str]) -> str:
    day = f"{_MONTHS[found['month'].lower()]} {found['day']}"
    return f"{day}, {found['year']}" if found["year"] else day


def _number(found: re.Match[str]) -> str:
    return found.group().translate(str.maketrans(".,", ",."))


def _known(found: re.Match[str]) -> str:
    return _PHRASES[found.group().lower()]


def _month(found: re.Match[str]) -> str:
    return _MONTHS[found.group().lower()]
