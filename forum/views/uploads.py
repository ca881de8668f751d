"""Pictures on their way in: for a script one at a time, and for everybody inside the form in which they write."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from accounts.limits import within_limit
from accounts.models import User
from forum.actions.uploads import NotStored, store_upload
from forum.forms.pictures import PictureForm
from forum.limits import TooMuch
from forum.models import Upload
from forum.permissions import can_write
from forum.pictures import Busy

A_MINUTE, A_MOMENT = 60, 5  # seconds
# What is no picture of ours, and what is too large to look at; all else that is wrong is 422.
STATUSES = {"type": 415, "bytes": 413, "lost": 503}


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Takes `image` and perhaps `alternative_text`: docs/uploads.md says what it answers."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("You are not signed in any more.")}, status=401)
    form = PictureForm(request.POST, request.FILES, description_required=False)
    taken = receive(request, request.user, form)
    if taken is None:
        response = JsonResponse({"error": form.sentence}, status=form.status)
        if form.retry_after:
            response["Retry-After"] = str(form.retry_after)
        return response
    facts = {"url": taken.url, "markdown": taken.markdown, "width": taken.width, "height": taken.height}
    return JsonResponse(facts, status=201)


def receive(request: HttpRequest, owner: User, form: PictureForm) -> Upload | None:
    """The stored picture; or None, and the form says why."""
    is_complete = form.is_valid()
    if refusal := _refusal(owner):
        form.refuse(refusal, 403)
    elif is_complete and not within_limit(request, "upload"):
        form.refuse(_("These were many pictures in a short time. Please wait a minute."), 429, retry_after=A_MINUTE)
    elif is_complete:
        return _store(owner, form)
    return None


def _refusal(owner: User) -> str:
    if not can_write(owner):
        return _("Your account is suspended. You can read everything, but not write.")
    return "" if owner.has_confirmed_address else _("Please confirm your e-mail address first.")


def _store(owner: User, form: PictureForm) -> Upload | None:
    file, words = form.cleaned_data["image"], form.cleaned_data["alternative_text"]
    try:
        return store_upload(owner=owner, file=file, size=file.size, alternative_text=words)
    except ValidationError as error:
        form.refuse(error.messages[0], STATUSES.get(error.code or "", 422))
    except TooMuch as limit:
        seconds = ceil((limit.until - timezone.now()).total_seconds()) + 1
        form.refuse(_patience(limit.until), 429, retry_after=max(seconds, 1))
    except Busy:
        form.refuse(_("Many pictures arrive just now. Please try again in a moment."), 503, retry_after=A_MOMENT)
    except NotStored:
        form.refuse(_("The picture could not be stored. Please try again later."), 503, retry_after=A_MINUTE)
    return None


def _patience(until: datetime) -> str:
    when = date_format(timezone.localtime(until), pgettext("date format", "j F Y, H:i"))
    return _("You have sent many pictures today. You can send the next from %(when)s.") % {"when": when}
