"""People and the order of their cards, for the owner. Roles and invitations have a room of their own on the Desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import StaffCard, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People come by signing up or by an invitation and go by erasing their account.

    Roles are given and taken at /desk/team/ alone, where the last owner stays and every change is noted.
    """

    list_display = ("nickname", "email", "role", "is_active", "date_joined")
    list_filter = ("role", "is_active")
    search_fields = ("nickname", "email")
    ordering = ("-date_joined",)
    fields = ("nickname", "email", "role", "is_active", "date_joined", "last_login")
    readonly_fields = ("nickname", "email", "role", "date_joined", "last_login")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Who belongs to the team is locked out by taking them out of it."""
        return (*self.readonly_fields, "is_active") if obj and obj.is_staff else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        # Only what was changed here: a role that somebody takes at this moment must not come back with the whole row.
        obj.save(update_fields=form.changed_data)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False


@admin.register(StaffCard)
class StaffCardAdmin(admin.ModelAdmin):
    """In which order the cards stand. What is on one is for its person to say: name and face need their consent."""

    list_display = ("name", "role_title", "user", "position", "left_at")
    list_editable = ("position",)
    list_select_related = ("user",)
    fields = ("name", "user", "left_at", "role_title", "position")
    readonly_fields = ("name", "user", "left_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: StaffCard | None = None) -> bool:
        # Who leaves keeps the card, as a former member: the answers keep their face.
        return False
