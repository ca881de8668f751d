"""Does a German text say Sie or du? A hint for the team before something is published in the company's name.

Only what can hardly mean anything else counts: "Sie" and "Ihnen" in the middle of a sentence, and the forms of "du".
At the beginning of a sentence "Sie" may be she or they, and "Ihre" her; quotations and code are somebody else's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from forum.markdown import MAX_LENGTH

_LEFT_OUT = re.compile(
    r"^(?P<fence>```+|~~~+).*?(?:^(?P=fence)|\Z)|`[^`\n]*`|^ {0,3}>[^\n]*$|„[^“”\n]*[“”]|“[^”\n]*”|»[^«\n]*«|«[^»\n]*»"
    r"|\"[^\"\n]*\"|\]\([^)\s]*\)|https?://\S+",
    re.MULTILINE | re.DOTALL,
)
_MARKUP = re.compile(r"[*_~#\[\]]|^\s*(?:[-+]|\d+[.)])\s", re.MULTILINE)
_BEGINNING = re.compile(r"(?:^|[.!?:;…|–—(-])\s*$|\n\s*$")
_SIE = re.compile(r"\b(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b")
_DU = re.compile(r"\b(?:du|dich|dir|dein|deine[mnrs]?|euch|euer|eure[mnrs]?|eurer|eurem|euren)\b", re.IGNORECASE)
# Words that no other language has in such company: an English text about "Eau du Soir" is left alone.
_GERMAN = re.compile(
    r"\b(?:und|der|die|das|ist|nicht|wir|für|mit|auf|ein|eine|einen|den|dem|von|sind|hat|haben|ich|uns|bitte|kann|"
    r"können|wenn|auch|wird|werden|hallo|guten|danke|noch|zu|im|es|bei|oder|nach|gern|gerne|hast|bist)\b",
    re.IGNORECASE,
)
ENOUGH = 2


def tone_of(text: str) -> str:
    """`sie`, `du`, `mixed`, or nothing where a text shows neither or is not German."""
    words = _MARKUP.sub(" ", _LEFT_OUT.sub(" ", text[:MAX_LENGTH]))
    if len({word.lower() for word in _GERMAN.findall(words)}) < ENOUGH:
        return ""
    says_sie, says_du = any(_formal(words)), bool(_DU.search(words))
    if says_sie and says_du:
        return "mixed"
    return "sie" if says_sie else "du" if says_du else ""


def objection(text: str, tone: str) -> str:
    """What does not fit a company that says `tone` (sie or du): `mixed`, or the other one; nothing when all is well."""
    found = tone_of(text)
    return "" if found == tone else found


def _formal(words: str) -> Iterator[bool]:
    for found in _SIE.finditer(words):
        before = words[max(0, found.start() - 40) : found.start()]
        if not _BEGINNING.search(before):
            yield True
