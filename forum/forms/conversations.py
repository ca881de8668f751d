"""Forms of the private channel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from forum.forms.fields import TextField, WordsField
from forum.models import Topic, WaitingOn, consent_text

SETTLED = "settled"
SUBJECT_MAX = 150


class TopicChoice(forms.ModelChoiceField):
    """Each topic with the names of those who will read what is written."""

    widget = forms.RadioSelect

    def label_from_instance(self, topic: Any) -> str:
        names = get_text_list([person.public_name for person in topic.serving], gettext("and"))
        if topic.retention_days is not None:
            return ngettext(
                "%(topic)s (read by %(names)s; deleted %(days)d day after closing)",
                "%(topic)s (read by %(names)s; deleted %(days)d days after closing)",
                topic.retention_days,
            ) % {"topic": topic.name, "names": names, "days": topic.retention_days}
        return gettext("%(topic)s (read by %(names)s)") % {"topic": topic.name, "names": names}


class ConsentField(forms.BooleanField):
    """Apart from everything else, and never ticked beforehand (GDPR, Article 4(11) and recital 32)."""

    def __init__(self) -> None:
        super().__init__(
            error_messages={
                "required": _("This topic is about health: please read this and agree, or choose another topic.")
            }
        )


class ConsentForm(forms.Form):
    health_consent = ConsentField()

    def __init__(self, *args: Any, company: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["health_consent"].label = consent_text(company)
        self.fields["health_consent"].error_messages["required"] = _("Please tick this if you agree.")


class ConversationForm(forms.Form):
    topic = TopicChoice(
        label=_("What is it about?"),
        queryset=Topic.objects.none(),
        empty_label=None,
        error_messages={
            "required": _("Please choose a topic, so that the right person reads it."),
            "invalid_choice": _("Nobody reads private messages on this topic. Please choose another one."),
        },
    )
    subject = WordsField(
        label=_("Subject"), max_length=SUBJECT_MAX, help_text=_("A few words by which both of us find it again.")
    )
    text = TextField(label=_("Your message"))
    health_consent = ConsentField()

    def __init__(self, *args: Any, company: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        topics: Any = self.fields["topic"]
        topics.queryset = Topic.objects.taking_conversations().with_serving_staff()
        # Asked for once: the page looks at the choices several times.
        topics.choices = list(iter(topics.choices))
        about_health = {str(value) for value, _label in topics.choices if value.instance.health_data}
        if self._chosen() in about_health:
            self.fields["health_consent"].label = consent_text(company)
        else:
            # Whoever chooses such a topic on this page is asked before anything is sent.
            del self.fields["health_consent"]

    def _chosen(self) -> str:
        topic = self.data.get("topic") if self.is_bound else self.initial.get("topic")
        return str(topic.pk if isinstance(topic, Topic) else topic)


class ReplyForm(forms.Form):
    text = TextField(label=_("Your message"))

    def __init__(self, *args: Any, has_files: bool = False, **options: Any) -> None:
        """`has_files`: something is attached, which may say enough."""
        super().__init__(*args, **options)
        self.fields["text"].required = not has_files


class StaffReplyForm(ReplyForm):
    """Staff say whose turn it is after the message; nothing is chosen for them."""

    waiting_on = forms.ChoiceField(
        label=_("And now?"),
        widget=forms.RadioSelect,
        choices=[
            (SETTLED, _("This settles it")),
            (WaitingOn.ASKER, _("The ball is with the customer")),
            (WaitingOn.US, _("This is not the answer yet, we are still on it")),
        ],
        error_messages={"required": _("Please say whose turn it is now.")},
    )

    def clean_waiting_on(self) -> str:
        chosen = self.cleaned_data["waiting_on"]
        return "" if chosen == SETTLED else chosen
