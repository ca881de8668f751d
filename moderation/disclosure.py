"""What moderation stores, as the privacy page tells it (settings.PRIVACY_NOTICE)."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.disclosure import Entry, days, duty


def entries() -> Iterator[Entry]:
    yield Entry(
        _("What you report, with your name and e-mail address if you give them"),
        _("To confirm that it arrived, and to tell you what we decided (Article 16 DSA)."),
        duty(),
        _("The report stays with its decision; your name and address go %(days)s after it.")
        % {"days": days(settings.REPORTER_DAYS)},
    )
    yield Entry(
        _("A private message that you show to our moderators with a report: a copy of it, encrypted"),
        _("So that they can decide about it without reading the conversation (Article 16 DSA)."),
        duty(),
        _("%(days)s after the decision.") % {"days": days(settings.REPORTER_DAYS)},
    )
    yield Entry(
        _("What was decided about what you wrote, and why"),
        _("We owe you and the public the reasons (Article 17 DSA). The public log names neither you nor your words."),
        duty(),
        _("The line in the public log stays; who decided is forgotten after %(days)s.")
        % {"days": days(settings.LOG_NAME_DAYS)},
    )
