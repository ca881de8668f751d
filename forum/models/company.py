"""The company: one row that says who speaks here, how, and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.one_row import OneRow
from forum.markdown import render
from forum.order_numbers import validate_pattern
from forum.service_hours import ServiceHours, validate_holiday_region, validate_hours

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

if TYPE_CHECKING:
    from accounts.models import User

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Tone(models.TextChoices):
    SIE = "sie", _("Sie (formal)")
    DU = "du", _("du (informal)")


class Languages(models.TextChoices):
    GERMAN = "de", _("German only")
    ENGLISH = "en", _("English only")
    BOTH = "de,en", _("German and English")


def _hours_field(label: StrOrPromise, default: str) -> models.CharField[str, str]:
    return models.CharField(label, max_length=60, blank=True, default=default, validators=[validate_hours])


class Company(models.Model):
    name = models.CharField(_("name"), max_length=80, default="Sprechstunde")
    claim = models.CharField(_("one sentence about you"), max_length=200, blank=True)
    logo = models.ImageField(_("logo"), upload_to="company/", blank=True)
    hue = models.PositiveSmallIntegerField(
        _("colour"), default=150, validators=[MaxValueValidator(359)], help_text=_("A hue from 0 to 359.")
    )
    tone = models.CharField(_("form of address"), max_length=3, choices=Tone.choices, default=Tone.SIE)
    languages = models.CharField(_("languages"), max_length=5, choices=Languages.choices, default=Languages.BOTH)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Berlin")
    monday = _hours_field(_("Monday"), "09:00-17:00")
    tuesday = _hours_field(_("Tuesday"), "09:00-17:00")
    wednesday = _hours_field(_("Wednesday"), "09:00-17:00")
    thursday = _hours_field(_("Thursday"), "09:00-17:00")
    friday = _hours_field(_("Friday"), "09:00-15:00")
    saturday = _hours_field(_("Saturday"), "")
    sunday = _hours_field(_("Sunday"), "")
    holiday_region = models.CharField(
        _("public holidays of"),
        max_length=6,
        blank=True,
        default="DE",
        validators=[validate_holiday_region],
        help_text=_("For example DE-BY for Bavaria."),
    )
    promised_hours = models.PositiveSmallIntegerField(
        _("reply within (service hours)"), default=8, help_text=_("Every question shows the instant this leads to.")
    )
    closed_from = models.DateField(_("closed from"), null=True, blank=True)
    closed_until = models.DateField(_("closed until (last day)"), null=True, blank=True)
    closed_note = models.CharField(_("note while closed"), max_length=200, blank=True)
    contact_email = models.EmailField(_("public e-mail address"), blank=True)
    contact_phone = models.CharField(_("public phone number"), max_length=40, blank=True)
    contact_address = models.TextField(_("postal address"), blank=True)
    conversation_retention_days = models.PositiveSmallIntegerField(
        _("delete closed conversations after (days)"), default=180
    )

    order_number_pattern = models.CharField(
        _("what your order numbers look like"),
        max_length=40,
        blank=True,
        default="",
        db_default="",
        validators=[validate_pattern],
        help_text=_(
            "# for a digit and @ for a letter, as in QM-######. Who writes one in public is asked whether they would "
            "rather ask in private."
        ),
    )
    faq_review = models.BooleanField(
        _("two people for every FAQ entry"),
        default=False,
        db_default=False,
        help_text=_(
            "Who wrote an entry does not publish it: a colleague does. In topics that are sensitive or about health it "
            "is always so."
        ),
    )
    faq_check_months = models.PositiveSmallIntegerField(
        _("check FAQ entries again after (months)"),
        default=12,
        db_default=12,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )
    faq_unhelpful = models.PositiveSmallIntegerField(
        _("recheck a FAQ entry after so many “not helpful”"),
        default=5,
        db_default=5,
        validators=[MinValueValidator(1)],
        help_text=_("Counted since it was last checked."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("company")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(pk=1), name="company_is_one_row")
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> Company:
        """The company's row, or an unsaved one with defaults before the site was set up."""
        return _COMPANY.get(1) or cls(pk=1)

    @property
    def language_codes(self) -> list[str]:
        return self.languages.split(",")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def service_hours(self) -> ServiceHours:
        closed = [(self.closed_from, self.closed_until)] if self.closed_from and self.closed_until else []
        return ServiceHours(
            weekdays=tuple(getattr(self, day) for day in WEEKDAYS),
            zone=self.zone,
            holiday_region=self.holiday_region,
            closed_periods=closed,
        )

    def is_away_on(self, day: date) -> bool:
        """Whether the day lies in the closed period."""
        return bool(self.closed_from and self.closed_until and self.closed_from <= day <= self.closed_until)


_COMPANY = OneRow(Company.objects.all)


class LegalPage(models.Model):
    """One version of a page the law or good manners ask for; the newest published one is shown."""

    class Kind(models.TextChoices):
        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy")
        TERMS = "terms", _("Terms of use")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        HOUSE_RULES = "house-rules", _("House rules")

    kind = models.CharField(_("page"), max_length=20, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=2, choices=[("de", "Deutsch"), ("en", "English")])
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("legal page")
        verbose_name_plural = _("legal pages")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="legal_page_version")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language}, {self.version})"

    def publish(self, *, by: User) -> None:
        """Saves the text as the newest version of its page; what was published before stays as it was."""
        former = LegalPage.objects.filter(kind=self.kind, language=self.language)
        self.pk, self._state.adding = None, True
        self.version = (former.aggregate(last=models.Max("version"))["last"] or 0) + 1
        self.html, self.published_at, self.published_by = render(self.text), timezone.now(), by
        self.save()
