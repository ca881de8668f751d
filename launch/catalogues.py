"""Translations as people write them (.po) into the form Django reads (.mo), without gettext.

Babel does it because it comes as a package; `msgfmt` would have to be installed on the machine.
"""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from launch.environment import PROJECT


def compile_catalogues(folder: Path = PROJECT / "locale") -> list[Path]:
    """Write the .mo beside every .po and return what was written; fuzzy entries stay out."""
    return [compile_catalogue(po) for po in sorted(folder.glob("*/LC_MESSAGES/*.po"))]


def compile_catalogue(po: Path) -> Path:
    catalogue = read(po)
    locale = po.parent.parent
    common = locale.with_name(locale.name.partition("_")[0]) / "LC_MESSAGES" / po.name
    if common != po and common.is_file():
        complete(catalogue, read(common))
    target, unfinished = po.with_suffix(".mo"), po.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(target)
    return target


def read(po: Path) -> Catalog:
    # No locale is passed: de_DU is ours (German with du) and unknown to Babel; the file's own
    # Plural-Forms header counts.
    with po.open("rb") as source:
        return read_po(source, abort_invalid=True)


def complete(catalogue: Catalog, common: Catalog) -> None:
    """Give a variant the texts it shares with its language.

    gettext's own falling back comes too late: a text that Django has in German as well ("Save") would be
    Django's, and plurals without a text would be written in English.
    """
    for message in common:
        own = catalogue.get(message.id, message.context)
        if message.id and (own is None or own.fuzzy or not any(own.string or ())):
            catalogue.delete(message.id, message.context)
            catalogue[message.id] = message


if __name__ == "__main__":
    compile_catalogues()
