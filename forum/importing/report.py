"""What an import did: how many of what came in, what stayed out and why, and what somebody should look at."""

from __future__ import annotations

from collections import Counter


class Report:
    def __init__(self) -> None:
        self.imported: Counter[str] = Counter()
        self.known: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.noted: Counter[str] = Counter()

    def lines(self) -> list[str]:
        """Sentences for the end of the command, always in the same order."""
        lines = [f"Imported: {self._listed(self.imported)}."]
        if any(self.known.values()):
            lines.append(f"Here already, unchanged: {self._listed(self.known)}.")
        lines += [f"Left out: {count} {what}." for what, count in sorted(self.left_out.items()) if count]
        lines += [f"To look at: {count} {what}." for what, count in sorted(self.noted.items()) if count]
        return lines

    @staticmethod
    def _listed(counts: Counter[str]) -> str:
        return ", ".join(f"{count} {what}" for what, count in sorted(counts.items()) if count) or "nothing"
