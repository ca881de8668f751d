"""The face of a staff member: who answers here, as far as that person chose."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class StaffCardQuerySet(models.QuerySet["StaffCard"]):
    def serving(self) -> StaffCardQuerySet:
        """Those who answer today."""
        return self.filter(left_at=None, user__is_active=True).exclude(user__role="")


class StaffCard(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="staff_card"
    )
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("shown name"), max_length=60, help_text=_("A first name or a service name is enough."))
    role_title = models.CharField(_("role"), max_length=60, help_text=_("For example: soap maker, customer service."))
    about = models.CharField(_("about you"), max_length=300, blank=True, help_text=_("Two sentences."))
    sign_off = models.CharField(_("sign-off"), max_length=120, blank=True, help_text=_("Stands under each answer."))
    portrait = models.ImageField(_("portrait"), upload_to="portraits/", blank=True)
    languages = models.CharField(_("languages"), max_length=60, blank=True)
    answer_days = models.CharField(_("answers on"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    left_at = models.DateTimeField(_("left the team"), null=True, blank=True)

    objects = StaffCardQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "name"]
        verbose_name = _("staff card")
        verbose_name_plural = _("staff cards")

    def __str__(self) -> str:
        return f"{self.name} ({self.role_title})"

    def get_absolute_url(self) -> str:
        return reverse("forum:team_detail", args=[self.slug])

    @property
    def is_serving(self) -> bool:
        """Whether this person answers today; see StaffCardQuerySet.serving."""
        return bool(not self.left_at and self.user and self.user.is_active and self.user.is_staff)
