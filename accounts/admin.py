"""People and their cards, for the owner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget, AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, StaffCard, User
from accounts.portraits import encode_portrait


class UserForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        stays = cleaned.get("role") == Role.OWNER and cleaned.get("is_active")
        others = User.objects.filter(role=Role.OWNER, is_active=True).exclude(pk=self.instance.pk)
        if not stays and self.instance.is_owner and not others.exists():
            raise ValidationError(_("This is the only owner. Name another one first, or nobody can get in here."))
        return cleaned


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People come by signing up and go by erasing their account; here they get a role."""

    form = UserForm
    list_display = ("nickname", "email", "role", "is_active", "date_joined")
    list_filter = ("role", "is_active")
    search_fields = ("nickname", "email")
    ordering = ("-date_joined",)
    fields = ("nickname", "email", "role", "is_active", "date_joined", "last_login")
    readonly_fields = ("nickname", "email", "date_joined", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


class StaffCardForm(forms.ModelForm):
    # No ImageField: that would unpack whatever comes before anybody looked at its size.
    portrait = forms.FileField(
        label=_("Portrait"), required=False, widget=AdminFileWidget(attrs={"accept": "image/jpeg,image/png,image/webp"})
    )

    class Meta:
        widgets: ClassVar[dict[str, forms.Widget]] = {"about": AdminTextareaWidget(attrs={"rows": 3})}

    def clean_portrait(self) -> Any:
        """A new file as we keep it, the old one if none came, False to remove it."""
        sent = self.cleaned_data["portrait"]
        return encode_portrait(sent) if "portrait" in self.changed_data and sent else sent


@admin.register(StaffCard)
class StaffCardAdmin(admin.ModelAdmin):
    form = StaffCardForm
    list_display = ("name", "role_title", "user", "position", "left_at")
    list_editable = ("position",)
    list_select_related = ("user",)
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("name",)}
    fields = (
        "user", "name", "role_title", "slug", "about", "sign_off", "portrait", "languages", "answer_days",
        "position", "left_at",
    )  # fmt: skip

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.exclude(role="").order_by("nickname")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: StaffCard | None = None) -> bool:
        # Who leaves gets a date under "left the team": the answers keep their face.
        return False
