"""What the owner sets: the company, its legal pages, its topics.

Questions and answers are worked on where everybody sees it happen, and conversations are nobody's business here:
neither is registered, and tests/test_admin.py keeps it so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast
from zoneinfo import available_timezones

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget, AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.images import encode_logo
from accounts.models import User
from forum.actions.uploads import NotStored, store_face
from forum.models import Channel, Company, LegalPage, Question, Topic


class CompanyForm(forms.ModelForm):
    logo = forms.FileField(
        label=_("Logo"), required=False, widget=AdminFileWidget(attrs={"accept": "image/jpeg,image/png,image/webp"})
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), initial="Europe/Berlin")

    class Meta:
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "claim": AdminTextareaWidget(attrs={"rows": 2}),
            "closed_note": AdminTextareaWidget(attrs={"rows": 2}),
            "contact_address": AdminTextareaWidget(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.pk = 1
        self.fields["time_zone"].choices = [(zone, zone) for zone in sorted(available_timezones())]  # type: ignore[attr-defined]
        self.fields["promised_hours"].validators.append(MinValueValidator(1))

    def clean_logo(self) -> Any:
        """A new file as we keep it, the old one if none came, False to remove it."""
        sent = self.cleaned_data["logo"]
        return encode_logo(sent) if "logo" in self.changed_data and sent else sent

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("closed_from"), cleaned.get("closed_until")
        if bool(first) != bool(last):
            raise ValidationError(_("A closed period needs its first and its last day."))
        if first and last and last < first:
            raise ValidationError(_("The closed period ends before it begins."))
        return cleaned

    def _post_clean(self) -> None:
        """A new logo is stored when all else is right, and while what was typed can still be shown again."""
        super()._post_clean()  # type: ignore[misc]
        sent = self.cleaned_data.get("logo")
        if self.errors or not isinstance(sent, ContentFile):
            return
        try:
            store_face(self.instance.logo, sent)
        except NotStored:
            self.add_error("logo", _("The picture could not be stored. Please try again later."))


@admin.register(Company)
class CompanyAdmin(admin.ModelAdmin):
    """One row: the list leads straight to it."""

    form = CompanyForm
    fieldsets = (
        (_("Who you are"), {"fields": ("name", "claim", "logo", "hue", "tone", "languages")}),
        (
            _("When you answer"),
            {
                "fields": (
                    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "time_zone",
                    "holiday_region", "promised_hours",
                ),
                "description": _("Like 09:00-12:00, 13:00-17:00. An empty day is a day off."),
            },
        ),
        (_("When you are away"), {"fields": ("closed_from", "closed_until", "closed_note")}),
        (_("Other ways to reach you"), {"fields": ("contact_email", "contact_phone", "contact_address")}),
        (_("Private conversations"), {"fields": ("conversation_retention_days", "order_number_pattern")}),
        (_("FAQ"), {"fields": ("faq_review", "faq_check_months", "faq_unhelpful")}),
    )  # fmt: skip

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if Company.objects.exists():
            return redirect("admin:forum_company_change", 1)
        return redirect("admin:forum_company_add")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Company.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Company | None = None) -> bool:
        return False


@admin.register(LegalPage)
class LegalPageAdmin(admin.ModelAdmin):
    """Every save is a new version: what was promised to people yesterday can still be read tomorrow."""

    list_display = ("kind", "language", "version", "published_at", "published_by")
    list_filter = ("kind", "language")
    ordering = ("kind", "language", "-version")
    fields = ("kind", "language", "text")
    formfield_overrides: ClassVar[dict[Any, dict[str, Any]]] = {
        models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 30})}
    }

    def save_model(self, request: HttpRequest, obj: LegalPage, form: Any, change: bool) -> None:
        # Only an owner comes here: see config.admin.OwnerAdminSite.
        obj.publish(by=cast(User, request.user))

    def response_change(self, request: HttpRequest, obj: LegalPage) -> HttpResponse:
        # Not back to the form, as Django might: that is of the version before.
        self.message_user(request, _("Published: %(page)s") % {"page": obj})
        return redirect("admin:forum_legalpage_changelist")

    def has_delete_permission(self, request: HttpRequest, obj: LegalPage | None = None) -> bool:
        return False


class TopicForm(forms.ModelForm):
    class Meta:
        widgets: ClassVar[dict[str, forms.Widget]] = {"description": AdminTextareaWidget(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("discreet") and cleaned.get("channel") != Channel.PRIVATE:
            self.add_error("channel", _("A discreet topic is private only."))
        if cleaned.get("discreet") and Question.objects.filter(topic=self.instance.pk, deleted_at=None).exists():
            self.add_error(
                "discreet",
                _(
                    "Here people asked in public, and what everybody could read does not become discreet. Please make "
                    "a new topic for it."
                ),
            )
        if cleaned.get("channel") != Channel.PUBLIC and not cleaned.get("staff"):
            self.add_error("staff", _("Say who reads what is written in private: nobody else will see it."))
        return cleaned


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    form = TopicForm
    list_display = ("name", "channel", "discreet", "position")
    list_editable = ("position",)
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("name",)}
    filter_horizontal = ("staff",)
    fields = (
        "name", "slug", "description", "channel", "discreet", "sensitive", "health_data", "retention_days", "staff",
        "position",
    )  # fmt: skip

    def has_delete_permission(self, request: HttpRequest, obj: Topic | None = None) -> bool:
        # A topic holds what people wrote, and the page that asks "really?" would list it, private rooms too.
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "staff":
            kwargs["queryset"] = User.objects.exclude(role="").order_by("nickname")
        return super().formfield_for_manytomany(db_field, request, **kwargs)
