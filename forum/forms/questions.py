"""Forms of the asker, and of the staff who steer a question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.forms.duplicates import chosen_original
from forum.forms.fields import ReasonField, TextField, TitleField
from forum.forms.pictures import Illustrated
from forum.models import Channel, Question, Topic, WaitingOn

LANGUAGES = {"de": _("German"), "en": _("English")}


class QuestionForm(Illustrated, forms.Form):
    title = TitleField(
        label=_("Your question in one sentence"), help_text=_("As you would say it to somebody at the counter.")
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.none(),
        to_field_name="slug",
        empty_label=_("Please choose"),
        error_messages={
            "required": _("Please choose a topic."),
            "invalid_choice": _("This topic takes no public questions. Please choose another one."),
        },
    )
    text = TextField(
        label=_("What should we know?"),
        help_text=_("Leave a line empty for a new paragraph. **bold**, lists and links work as in Markdown."),
    )

    unnamed = forms.BooleanField(
        label=_("Ask as “A customer”"),
        help_text=_(
            "Your nickname then stands neither here nor under what you write below the question. Only our team sees it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, author: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.topic_field.queryset = Topic.objects.taking_questions()
        if author.is_staff:
            # The team asks with a badge, and by name.
            del self.fields["unnamed"]

    @property
    def topic_field(self) -> Any:
        return self.fields["topic"]


class ChannelField(forms.ChoiceField):
    def clean(self, value: Any) -> Any:
        """Whoever says nothing asks in public, as the page is called."""
        return super().clean(value or Channel.PUBLIC)


class AskForm(QuestionForm):
    """A new question; the language is only asked where the company speaks more than one."""

    language = forms.ChoiceField(
        label=_("Language of your question"), error_messages={"required": _("Please choose a language.")}
    )
    channel = ChannelField(label=_("Who should be able to read it?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, languages: list[str], both: list[Topic] | None = None, **options: Any) -> None:
        """`both`: the topics in which the asker chooses between public and private."""
        super().__init__(*args, **options)
        self.both = both or []
        self._offer_channels()
        self.order_fields(["title", "topic", "channel"])
        self.fields["title"].widget.attrs |= {
            "autocomplete": "off",
            "data-suggest-url": reverse_lazy("forum:question_similar"),
            "data-suggest-into": "similar",
        }
        self.only_language = languages[0]
        self.fields["language"].choices = [(code, LANGUAGES[code]) for code in languages]  # type: ignore[attr-defined]
        if len(languages) == 1:
            del self.fields["language"]

    def stop_suggesting(self) -> None:
        """The page already shows what is like the title."""
        self.fields["title"].widget.attrs.pop("data-suggest-url", None)

    def _offer_channels(self) -> None:
        if not self.both:
            del self.fields["channel"]
            return
        names = get_text_list([topic.name for topic in self.both], gettext("or"))
        self.fields["channel"].initial = Channel.PUBLIC
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (Channel.PUBLIC, _("Everybody: the answer helps others too, and other customers can answer you.")),
            (
                Channel.PRIVATE,
                gettext("Only you and the people who serve the topic: nobody else ever sees it. About %(topics)s.")
                % {"topics": names},
            ),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = {"language": self.only_language} | (super().clean() or self.cleaned_data)
        topic = cleaned.get("topic")
        if self.is_private and topic and topic not in self.both:
            self.add_error("channel", _("About this topic one asks in public. Please choose that, or another topic."))
        return cleaned

    @property
    def is_private(self) -> bool:
        return bool(self.cleaned_data.get("channel") == Channel.PRIVATE)

    @property
    def said(self) -> dict[str, Any]:
        """What is published: where it is asked was the reader's choice, and is no part of it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "channel"}


class QuestionEditForm(QuestionForm):
    reason = ReasonField(
        label=_("Why are you changing it?"), help_text=_("Everybody can read this beside the versions."), required=False
    )

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        # A question keeps its topic, also after that became private.
        self.topic_field.queryset |= Topic.objects.public().filter(pk=question.topic_id)


class WaitForm(forms.Form):
    waiting_on = forms.ChoiceField(choices=[("nobody", ""), (WaitingOn.US, ""), (WaitingOn.ASKER, "")])

    def clean_waiting_on(self) -> str:
        chosen = self.cleaned_data["waiting_on"]
        return "" if chosen == "nobody" else chosen


class CloseForm(forms.Form):
    reason = ReasonField(label=_("Reason"), help_text=_("Everybody can read it under the question."))
    duplicate_of = forms.CharField(
        label=_("Asked before"),
        help_text=_(
            "The address of the question that is asked again here. Whoever follows this one will then follow that one."
        ),
        required=False,
    )

    def __init__(self, *args: Any, question: Question, **options: Any) -> None:
        super().__init__(*args, **options)
        self.question = question

    def clean_duplicate_of(self) -> Question | None:
        """The question behind an address or an id. Raises ValidationError for what leads nowhere or in a circle."""
        typed = self.cleaned_data["duplicate_of"].strip()
        return chosen_original(self.question, typed) if typed else None
