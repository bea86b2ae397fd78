"""Withholds people in running text, as an SQL expression: what somebody wrote in sentences, not in capitals.

The marks by which `contacts` knows an officer in the text of a contract are ordinary words of a sentence. Here a name
shows itself by its capitals: after a title, or as a common given name with a surname. What is called after a person
stays. E-mail addresses and telephone numbers go wherever they stand.
"""

from __future__ import annotations

import re

from tallystick.engines.duckdb import quoted
from tallystick.nouns.source import WITHHELD
from tallystick.sources.contacts import EMAIL, PHONE
from tallystick.sources.persons import GIVEN

_PLAIN = "\x01"  # before what is called after a person
_GIVEN = "|".join(name.title() for name in GIVEN.split("|"))
_INITIAL = r"(?:\s+[A-Z]\.?)?"
_SURNAME = r"\s+(?:Mc|Mac|O['’])?[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
_CALLED_AFTER = (
    "Act|Administration|Airport|Alert|Association|Base|Bay|Baylands|Beach|Board|Building|Bureau|Center|Centre|City|"
    "College|Company|Corporation|County|Department|District|Division|Duck|Field|Foundation|Fund|Group|Hamilton|"
    "Hospital|Hub|Institute|International|Island|Islands|Jefferson|Lab|Labs|Laboratory|Lake|Livermore|Mason|Memorial|"
    "Model|Models|Museum|National|Office|Park|Plan|Plant|Program|Project|Reading|Region|Report|Research|Reuters|"
    "River|Roosevelt|School|Series|Services|Software|State|Station|Street|Studio|System|Systems|Team|Technologies|"
    "Tool|Trust|Unit|University|Valley|Vantage|Webb|Works"
)
_ANY_NAME = rf"[A-Z][a-z]+{_INITIAL}{_SURNAME}\d*"
_GONE = re.escape(WITHHELD)
_STEPS = (
    (f"(?i)(?:{EMAIL})", WITHHELD),
    *((rf"(^|[^0-9-])(?:{PHONE})($|[^0-9-])", rf"\1{WITHHELD}\2"),) * 2,
    (rf"\b((?:{_GIVEN})\s+(?:{_CALLED_AFTER})\b)", rf"{_PLAIN}\1"),
    (rf"\b((?:Mr|Mrs|Ms|Dr)\.?)(?:\s+[A-Z][a-z]+|\s+[A-Z]\.)?{_SURNAME}\b", rf"\1 {WITHHELD}"),
    (rf"(^|[^{_PLAIN}\w])(?:{_GIVEN}){_INITIAL}{_SURNAME}\d*\b", rf"\1{WITHHELD}"),
    # authors in a row: whoever stands beside one who is known by the given name
    (rf"{_GONE}(?:[,;]\s+(?:and\s+)?(?:{_ANY_NAME}|{_GONE}))+", WITHHELD),
    (rf"(?:{_ANY_NAME}[,;]\s+(?:and\s+)?)+{_GONE}", WITHHELD),
    (_PLAIN, ""),
)


def without_people(text: str) -> str:
    """The text expression `text` with every person and contact in it replaced by the word for what is withheld."""
    masked = text
    for pattern, instead in _STEPS:
        masked = f"regexp_replace({masked}, {quoted(pattern)}, {quoted(instead)}, 'g')"
    return masked
