"""How every page behaves on which people write: it is opened, looked at in a preview, and sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from forum.actions.revisions import version_of
from forum.diff import compare
from forum.forms.pictures import Illustrated, PictureForm
from forum.limits import TooMuch
from forum.markdown import render as render_text
from forum.middleware import company_of
from forum.models import FaqEntry, Post, SavedReply
from forum.permissions import is_staff
from forum.replies import filled
from forum.tone import objection
from forum.views.discretion import offered
from forum.views.sheet import Sheet
from forum.views.uploads import receive

if TYPE_CHECKING:
    from accounts.models import StaffCard, User

F = TypeVar("F", bound=forms.BaseForm)


def form_for(
    request: HttpRequest,
    form_class: type[F],
    *,
    initial: dict[str, Any] | None = None,
    sheet: Sheet | None = None,
    **options: Any,
) -> F:
    """The form as it was opened, with its draft if there is one; or what was typed. A preview judges nothing yet."""
    if request.method != "POST":
        return form_class(initial=(initial or {}) | _drafted(sheet), **options)
    if "insert" in request.POST:
        return form_class(initial=_with_reply(request), **options)
    if issubclass(form_class, Illustrated) and ("add_image" in request.POST or request.FILES.get("image")):
        return _with_picture(request, form_class, **options)
    if "preview" in request.POST or "replies" in request.POST:
        return form_class(initial=request.POST.dict(), **options)
    return _heard(request, form_class(request.POST, **options))


def _with_reply(request: HttpRequest) -> dict[str, Any]:
    """What was typed, and below it the saved reply that was chosen."""
    typed = request.POST.dict()
    replies = SavedReply.objects.visible_to(request.user)
    key = str(typed.get("reply", ""))
    chosen = replies.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None
    if chosen:
        about, writer = str(typed.get("about", "")), cast("User", request.user)
        said = filled(chosen.text, writer=writer, about=about, company=company_of(request))
        typed["text"] = f"{str(typed.get('text', '')).rstrip()}\n\n{said}".lstrip("\n")
    return typed


def _heard(request: HttpRequest, form: F) -> F:
    """The team's form with a question in it, when its text says Sie where we say du: sent once more, it is meant so."""
    is_internal = getattr(form, "is_internal", False)
    if is_internal or not (is_staff(request.user) and form.is_valid() and "text" in form.cleaned_data):
        return form
    tone = objection(form.cleaned_data["text"], company_of(request).tone)
    if tone and request.POST.get("tone") != tone:
        form.tone = tone  # type: ignore[attr-defined]
        form.add_error(None, _tone_sentence(tone))
    return form


def _tone_sentence(tone: str) -> str:
    said = {
        "mixed": _("This text says both “Sie” and “du”."),
        "sie": _("This text says “Sie”; here we say “du”."),
        "du": _("This text says “du”; here we say “Sie”."),
    }
    return f"{said[tone]} " + _("If you mean it so, send it once more.")


def _drafted(sheet: Sheet | None) -> dict[str, Any]:
    """A box that was not ticked is not sent, and not kept."""
    if not sheet or not sheet.words:
        return {}
    return sheet.words | {"unnamed": "unnamed" in sheet.words}


def show_form(
    request: HttpRequest, template: str, form: forms.BaseForm, *, status: int | None = None, **context: Any
) -> HttpResponse:
    """The page with the form, and the preview when one was asked for.

    The status is 422 when something in it is wrong, unless it is given.
    """
    picture = form.picture if isinstance(form, Illustrated) else PictureForm()
    status = status or picture.status or (422 if form.errors else 200)
    # What a form has asked about it does not ask about again, whichever way it comes back.
    asked = {"offered": offered(request, context.get("offer"))}
    response = render(request, template, {"form": form, **previewed(request), **asked, **context}, status=status)
    if picture.retry_after:
        response["Retry-After"] = str(picture.retry_after)
    return response


def previewed(request: HttpRequest) -> dict[str, str]:
    """What the preview button made, and for the team what does not fit how we speak."""
    if "preview" not in request.POST:
        return {}
    text = request.POST.get("text", "")
    tone = objection(text, company_of(request).tone) if is_staff(request.user) else ""
    return {"preview_html": render_text(text), "tone_hint": _tone_sentence(tone) if tone else ""}


def _with_picture(request: HttpRequest, form_class: type[F], **options: Any) -> F:
    """The form as it was typed, with the picture that came along at the end of the text, or why it is not there.

    Whichever button was pressed: a picture somebody has chosen is not passed over.
    """
    typed = request.POST.dict()
    picture = PictureForm(request.POST, request.FILES)
    taken = receive(request, cast("User", request.user), picture)
    if taken:
        typed["text"] = f"{str(typed.get('text', '')).rstrip()}\n\n{taken.markdown}\n".lstrip("\n")
        messages.success(request, _("The picture stands at the end of your text. Move it to where it belongs."))
    form = form_class(initial=typed, **options)
    if not taken:
        form.picture = picture  # type: ignore[attr-defined]
    return form


def ask_for_patience(
    request: HttpRequest, template: str, form: forms.BaseForm, limit: TooMuch, **context: Any
) -> HttpResponse:
    """429 with what was typed and when it can be sent (RFC 6585, section 4)."""
    again = (limit.until + timedelta(minutes=1)).replace(second=0, microsecond=0)
    when = date_format(timezone.localtime(again), pgettext("date format", "j F Y, H:i"))
    form.add_error(None, _("You have written a lot in a short time. You can send this from %(when)s.") % {"when": when})
    response = show_form(request, template, form, status=429, **context)
    response["Retry-After"] = str(ceil((again - timezone.now()).total_seconds()))
    return response


def show_both(
    request: HttpRequest,
    template: str,
    form: forms.BaseForm,
    post: Post | FaqEntry | SavedReply | StaffCard,
    sheet: Sheet,
    *,
    version: str = "",
    named: Sequence[tuple[str, str]] = (),
    **context: Any,
) -> HttpResponse:
    """409 with what was typed and what was saved meanwhile; sent once more, the form knows of that.

    `named` are the fields in which people write, with their labels, where these are not title and text.
    """
    sheet.version = version or (version_of(post) if isinstance(post, Post) else "")
    form.add_error(
        None, _("This was changed in another window while you were writing. Saving again replaces it by your text.")
    )
    # What there is to merge, by the names of the fields; what was typed stands in the form.
    typed = request.POST.dict()
    overtaken = [
        (label, name, getattr(post, name), compare(getattr(post, name), str(typed[name]).replace("\r\n", "\n")))
        for name, label in named or (("title", _("Title")), ("text", _("Text")))
        if name in typed and hasattr(post, name) and not (named and getattr(post, name) == typed[name])
    ]
    return show_form(request, template, form, status=409, sheet=sheet, overtaken=overtaken, **context)


def thank_for_change(request: HttpRequest, post: Post, saved: str) -> None:
    """Says that the change is saved, or that somebody looks at it first."""
    if post.is_held:
        messages.info(request, _("Thank you. We look at your change before everybody can read it."))
    else:
        messages.success(request, saved)
