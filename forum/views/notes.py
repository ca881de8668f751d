"""Notes of the team on a question: written on its page, read there and on the Desk by the team alone."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions.replies import note_on
from forum.forms.desk import NoteForm
from forum.models import InternalNote, Question
from forum.permissions import can_write
from forum.requests import SignedInRequest
from forum.views.rescue import refuse
from forum.views.sheet import sheet_for
from forum.views.staff import staff_required
from forum.views.writing import form_for, show_form


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def question_note(request: SignedInRequest, public_id: str) -> HttpResponse:
    question = get_object_or_404(Question.objects.visible_to(request.user).with_author(), public_id=public_id)
    if not can_write(request.user):
        return refuse(request, _("You can not write at the moment."))
    sheet = sheet_for(request, "question_note", public_id)
    form = form_for(request, NoteForm, sheet=sheet)
    if not form.is_valid():
        return show_form(request, "forum/question_note.html", form, question=question, sheet=sheet)
    note_on(question=question, by=request.user, text=form.cleaned_data["text"], sent=sheet.sent)
    messages.success(request, _("Noted for the team."))
    return redirect(f"{question.get_absolute_url()}#team-notes")


@require_POST
@staff_required
def note_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """By its author."""
    note = get_object_or_404(InternalNote.objects.visible_to(request.user).select_related("question"), pk=pk)
    if note.author_id != request.user.pk or not can_write(request.user):
        raise PermissionDenied(_("Only its author can delete a note."))
    note.delete()
    messages.success(request, _("The note is deleted."))
    return redirect(note.question)
