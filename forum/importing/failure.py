"""What ends an import: a sentence that names file and line."""

from __future__ import annotations

from pathlib import Path


class ImportFailed(Exception):
    def __init__(self, file: Path | str, line: int | None, problem: str) -> None:
        place = f"{file}, line {line}" if line else str(file)
        self.is_damage = line is not None  # something in the file, which can be mended
        super().__init__(f"{place}: {problem}")
