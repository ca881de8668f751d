"""Was this helpful, and what is missing? Asked of everybody, without an account and without a cookie."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.limits import address_of, within_limit
from forum.actions.faq_feedback import give_feedback
from forum.forms.faq import FeedbackForm
from forum.models import FaqEntry


# Without the token, so that the form stands in pages that are the same for everybody and sets no cookie for readers.
# A page of somebody else could at worst say "not helpful" in its reader's name: browsers tell where a form came from,
# and such a one is refused.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def faq_helpful(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an answer; GET is the form once more, and what one sees after sending it."""
    entry = get_object_or_404(FaqEntry.objects.public().select_related("topic"), pk=pk)
    form, status = FeedbackForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        if _is_from_elsewhere(request):
            raise PermissionDenied
        status = 422
        if form.is_valid():
            if _within_limits(request, entry):
                return _take_in(request, entry, form)
            form.add_error(None, _("There were many answers from your network. Please try again later."))
            status = 429
    sent = "sent" in request.GET and not form.is_bound
    return render(request, "forum/faq_helpful.html", {"entry": entry, "form": form, "sent": sent}, status=status)


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """What a browser says of a POST, and no script of another site can change (Fetch, section 3.1)."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


def _within_limits(request: HttpRequest, entry: FaqEntry) -> bool:
    # A household or an office may well have two opinions of an entry; it has not twenty.
    key = f"{entry.pk} {address_of(request)}"
    return within_limit(request, "faq_feedback") and within_limit(request, "faq_feedback_entry", key=key)


def _take_in(request: HttpRequest, entry: FaqEntry, form: FeedbackForm) -> HttpResponse:
    said = form.cleaned_data
    # A program that filled the field nobody sees is answered like a person, and forgotten.
    if not said["homepage"]:
        give_feedback(entry=entry, is_helpful=said["helpful"] == "yes", text=said["text"])
    return HttpResponseRedirect(f"{request.path}?sent=1")
