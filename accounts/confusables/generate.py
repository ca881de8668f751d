"""Makes table.txt from Unicode's confusables.txt: `python -m accounts.confusables.generate confusables.txt`.

Only what a nickname may contain is taken over (see accounts/nicknames.py): letters, their marks, digits and signs, as
they are after NFKC. The rest of the file, some two thousand symbols and styled letters, can not come up.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

TABLE = Path(__file__).with_name("table.txt")
_KINDS = {"Lu", "Ll", "Lo", "Lm", "Mn", "Mc"}
_HEAD = """\
# What looks like what (Unicode UTS #39, section 4, version {version}), as far as a nickname may contain it.
# One line for each prototype: what it is, then all that look like it, in hexadecimal code points.
# Made by accounts/confusables/generate.py; licence: see THIRD_PARTY.md.
"""


def main(arguments: list[str]) -> None:
    lines = Path(arguments[0]).read_text(encoding="utf-8-sig").splitlines()
    version = next(line.split()[-1] for line in lines if line.startswith("# Version:"))
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for source, prototype in mappings(lines):
        alike[prototype].append(source)
    rows = [f"{prototype}:{' '.join(sorted(sources))}" for prototype, sources in sorted(alike.items())]
    TABLE.write_text(_HEAD.format(version=version) + "\n".join(rows) + "\n", encoding="ascii")


def mappings(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Source and prototype, as code points, of every line that can matter."""
    for line in lines:
        fields = [field.strip() for field in line.partition("#")[0].split(";")]
        if len(fields) == 3 and _comes_up(chr(int(fields[0], 16))):
            yield fields[0], fields[1]


def _comes_up(character: str) -> bool:
    is_allowed = unicodedata.category(character) in _KINDS or character in "0123456789._-"
    # A skeleton is made of decomposed text, so marks and bases are looked up one by one.
    return is_allowed and unicodedata.normalize("NFKC", character) == character


if __name__ == "__main__":
    main(sys.argv[1:])
