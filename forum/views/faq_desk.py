"""The staff's side of the FAQ: from an answer to a draft, to a published entry, and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.actions.faq import (
    ConsentWithdrawn,
    EntryMerged,
    EntryRemoved,
    SecondPersonNeeded,
    check_entry,
    edit_entry,
    promote_to_faq,
    publish_entry,
    restore_entry,
    retire_entry,
    submit_entry,
    version_of_entry,
)
from forum.actions.repeats import once_changed
from forum.actions.revisions import Overtaken
from forum.faq_review import asks_for_two, must_not_publish
from forum.faq_workshop import workshop
from forum.forms.faq import FaqEntryForm
from forum.middleware import company_of, written_language
from forum.models import Answer, Draft, FaqEntry, FaqRecheck, Topic
from forum.paging import numbered_page
from forum.permissions import can_edit_faq, can_promote, can_publish
from forum.requests import SignedInRequest
from forum.search.misses import most_missed
from forum.views.rescue import refuse, sign_in_required
from forum.views.sheet import put_away, sheet_for
from forum.views.staff import staff_required
from forum.views.writing import form_for, show_both, show_form

STATES = ("draft", "submitted", "published", "due", "retired")
PAGE_SIZE = 50


@require_safe
@staff_required
def desk_faq(request: SignedInRequest) -> HttpResponse:
    """All entries by what they are: drafts first, since they wait for us."""
    entries = FaqEntry.objects.visible_to(request.user)
    state = request.GET.get("state", "")
    state = state if state in STATES else "draft"
    reasons = Prefetch("rechecks", FaqRecheck.objects.visible_to(request.user).open(), to_attr="reasons")
    rows: Any = (
        entries.in_state(state).select_related("topic", "merged_into").prefetch_related(reasons).with_last_writer()
    )
    rows = rows.defer("text", "html", "merged_into__text", "merged_into__html").annotate(source_count=Count("sources"))
    rows = rows.order_by("topic__position", "position", "pk")  # grouping forgets the order of the model
    page = numbered_page(rows, after=request.GET.get("after", ""), size=PAGE_SIZE)
    company = company_of(request)
    for entry in page.rows:
        entry.is_for_others = entry.last_writer == request.user.pk and asks_for_two(entry, company)
    context = {
        "state": state,
        "page": page,
        "counts": entries.counts_by_state(STATES),
        "today": timezone.localdate(),
        "misses": most_missed(),
    }
    return render(request, "forum/desk_faq.html", context)


@require_POST
@sign_in_required
def answer_promote(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Makes a draft of an answer; where there is one already, leads to it."""
    answers = Answer.objects.visible_to(request.user).select_related("question__topic")
    answer = get_object_or_404(answers, public_id=public_id)
    if not can_promote(request.user, answer):
        raise PermissionDenied
    return redirect("forum:faq_edit", promote_to_faq(answer=answer, by=request.user).pk)


@require_http_methods(["GET", "POST"])
@staff_required
def faq_new(request: SignedInRequest) -> HttpResponse:
    """An empty page; `?topic=` for one about something that is asked often."""
    topic = Topic.objects.public().filter(slug=request.GET.get("topic", "")).first()
    return _edit(request, FaqEntry(language=written_language(get_language() or "en"), topic=topic))


@require_http_methods(["GET", "POST"])
@staff_required
def faq_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    entries = FaqEntry.objects.visible_to(request.user).with_workshop(request.user)
    draft = Draft.objects.visible_to(request.user).on("faq_edit", str(pk)).beside()
    return _edit(request, get_object_or_404(entries.annotate(**draft), pk=pk))


def _edit(request: SignedInRequest, entry: FaqEntry) -> HttpResponse:
    if not can_edit_faq(request.user, entry):
        return refuse(request, _("You can not write at the moment."))
    purpose, target = ("faq_edit", str(entry.pk)) if entry.pk else ("faq_new", "")
    sheet = sheet_for(request, purpose, target, version=version_of_entry(entry), beside=entry if entry.pk else None)
    form = form_for(request, FaqEntryForm, sheet=sheet, instance=entry)
    shown: dict[str, Any] = {"entry": entry, **workshop(request.user, entry, request.company)}
    if form.is_bound and "publish" in request.POST and not can_publish(request.user, entry):
        form.add_error(None, _removed(EntryMerged() if entry.is_merged else None))
    if not form.is_valid():
        return show_form(request, "forum/faq_edit.html", form, sheet=sheet, **shown)
    typed = {"text": form.cleaned_data["text"], "version": sheet.version, "reason": form.cleaned_data.get("reason", "")}
    change = partial(edit_entry, entry=entry, by=request.user, **typed)
    try:
        entry = once_changed(author=request.user, post=entry, change=change, sent=sheet.sent)
    except Overtaken:
        stored = FaqEntry.objects.visible_to(request.user).get(pk=entry.pk)
        version = version_of_entry(stored)
        return show_both(request, "forum/faq_edit.html", form, stored, sheet, version=version, **shown)
    put_away(request, sheet)
    if "publish" in request.POST:
        # Who has just written it hands it over, where two people are asked for.
        return _submit(request, entry) if must_not_publish(entry, request.user) else _publish(request, entry)
    messages.success(request, _("The entry was saved."))
    return redirect("forum:faq_edit", entry.pk)


@require_POST
@staff_required
def faq_publish(request: SignedInRequest, pk: int) -> HttpResponse:
    return _publish(request, _entry_to_change(request, pk))


def _publish(request: SignedInRequest, entry: FaqEntry) -> HttpResponse:
    _do(publish_entry, entry=entry, by=request.user)
    messages.success(request, _("The entry is published."))
    return redirect(entry)


@require_POST
@staff_required
def faq_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    return _submit(request, _entry_to_change(request, pk))


def _submit(request: SignedInRequest, entry: FaqEntry) -> HttpResponse:
    _do(submit_entry, entry=entry, by=request.user)
    messages.success(request, _("The entry is ready. A colleague looks at it and publishes it."))
    return redirect("forum:faq_edit", entry.pk)


@require_POST
@staff_required
def faq_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """I have read it, and it is right."""
    entry = _entry_to_change(request, pk)
    _do(check_entry, entry=entry, by=request.user)
    messages.success(request, _("Thank you. It comes back to the Desk on the day that is set now."))
    return redirect("forum:faq_edit", entry.pk)


def _do(act: Callable[..., None], **given: Any) -> None:
    """Raises PermissionDenied with the reason."""
    try:
        act(**given)
    except EntryRemoved as error:
        raise PermissionDenied(_removed(error)) from error
    except SecondPersonNeeded as error:
        raise PermissionDenied(_("You wrote this. A colleague looks at it and says yes.")) from error


def _removed(error: EntryRemoved | None = None) -> str:
    if isinstance(error, EntryMerged):
        return _("Another entry answers this now. Undo the merging first.")
    if isinstance(error, ConsentWithdrawn):
        return _("The customer from whose conversation this came has taken the consent back. It stays unpublished.")
    return _("Moderation removed this entry. Only a decision of moderation can show it again.")


@require_POST
@staff_required
def faq_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    retire_entry(entry=_entry_to_change(request, pk))
    messages.success(request, _("The entry was retired. Nobody but you and your colleagues can see it now."))
    return redirect("forum:desk_faq")


@require_POST
@staff_required
def faq_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = _entry_to_change(request, pk)
    _do(restore_entry, entry=entry, by=request.user)
    messages.success(request, _("The entry is back as it was before."))
    return redirect("forum:faq_edit", entry.pk)


def _entry_to_change(request: SignedInRequest, pk: int) -> FaqEntry:
    entry = get_object_or_404(FaqEntry.objects.visible_to(request.user), pk=pk)
    if not can_edit_faq(request.user, entry):
        raise PermissionDenied
    return entry
