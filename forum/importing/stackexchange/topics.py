"""A question here has one topic; there it has up to five tags. The most used tags become topics."""

from __future__ import annotations

from forum.importing.markdown_source import from_html
from forum.importing.records import Records
from forum.importing.report import Report
from forum.importing.stackexchange.dump import TAG_EXCERPT, Dump, tags
from forum.importing.stackexchange.workspace import Workspace
from forum.importing.topics import ImportedTopics
from forum.markdown import excerpt
from forum.models import Topic


class Topics:
    """The `count` most used tags, and one topic for whatever has none of them."""

    def __init__(
        self, workspace: Workspace, dump: Dump, records: Records, report: Report, *, general: str, count: int
    ) -> None:
        self.report, self.general = report, general
        self.topics = ImportedTopics(records)
        rows = workspace.database.execute(
            "SELECT name, uses, excerpt FROM tag ORDER BY uses DESC, name LIMIT ?", (count,)
        )
        self.chosen = {name: (rank, post) for rank, (name, _uses, post) in enumerate(rows)}
        self.descriptions = self._descriptions(dump)

    def of(self, text: str | None) -> Topic:
        """The topic for a question with these tags: its most used tag that is a topic."""
        names = tags(text)
        places = sorted((self.chosen[name][0], name) for name in names if name in self.chosen)
        self.report.left_out["tags beside the one that became the topic"] += max(len(names) - bool(places), 0)
        if not places:
            return self.topics.called(self.general, key="*")
        tag = places[0][1]
        name = tag.replace("-", " ").capitalize()
        return self.topics.called(name, key=tag, description=self.descriptions.get(tag, ""))

    def _descriptions(self, dump: Dump) -> dict[str, str]:
        wanted = {post: name for name, (_rank, post) in self.chosen.items() if post}
        rows = (row for row in dump.posts(TAG_EXCERPT) if row["Id"] in wanted)
        return {wanted[row["Id"]]: excerpt(from_html(row.get("Body", "")), 250) for row in rows}
