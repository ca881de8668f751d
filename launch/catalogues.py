"""Translations as people write them (.po) into the form Django reads (.mo), without gettext.

Babel does it because it comes as a package; `msgfmt` would have to be installed on the machine.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from launch.environment import PROJECT


def compile_catalogues(folder: Path = PROJECT / "locale") -> list[Path]:
    """Write the .mo beside every .po and return what was written; fuzzy entries stay out."""
    return [compile_catalogue(po) for po in sorted(folder.glob("*/LC_MESSAGES/*.po"))]


def compile_catalogue(po: Path) -> Path:
    # No locale is passed: de_DU is ours (German with du) and unknown to Babel; the file's own
    # Plural-Forms header counts.
    with po.open("rb") as source:
        catalogue = read_po(source, abort_invalid=True)
    target, unfinished = po.with_suffix(".mo"), po.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(target)
    return target


if __name__ == "__main__":
    compile_catalogues()
