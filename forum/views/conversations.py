"""Private conversations: one's own, a new one, and those that a member of the staff serves."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forum.actions.conversations import open_conversation
from forum.actions.repeats import once_in_private
from forum.forms.conversations import ConversationForm
from forum.limits import TooMuch
from forum.models import Conversation, PublicConsent, Question, Topic
from forum.paging import queue_page
from forum.permissions import can_write
from forum.requests import SignedInRequest, SiteRequest
from forum.satisfaction import helped
from forum.views.carrying import came_from, carried_words, forget_public_draft, fresh_sheet
from forum.views.first_files import FirstFiles
from forum.views.private_room import private_room, unkept, unnamed_address
from forum.views.receipts import receipt_new
from forum.views.rescue import refuse
from forum.views.sheet import Sheet, sheet_for
from forum.views.staff import staff_required
from forum.views.writing import ask_for_patience, form_for, show_form

# The lists of the Desk, and the instant each is sorted by.
LISTS = {"waiting": "promised_at", "open": "last_message_at", "closed": "closed_at"}


@require_safe
@private_room
def conversation_list(request: SignedInRequest) -> HttpResponse:
    """One's own, the latest first."""
    rows = Conversation.objects.own(request.user).with_news().with_service().select_related("topic")
    page = queue_page(rows, by="last_message_at", newest_first=True, after=request.GET.get("after", ""))
    published = PublicConsent.objects.visible_to(request.user).select_related("question", "entry__topic", "user")
    return render(request, "forum/conversation_list.html", {"page": page, "published": published})


@require_http_methods(["GET", "HEAD", "POST"])
@unnamed_address
@unkept
def conversation_new(request: SiteRequest) -> HttpResponse:
    """`?topic=` (address or number) and `?question=` say where the customer comes from.

    A text that somebody began to write in public may come along by POST. Visitors write by receipt.
    """
    question = _origin(request)
    topic = _wanted_topic(request, question)
    if not request.user.is_authenticated:
        return receipt_new(request, topic, question)
    return _new(cast(SignedInRequest, request), topic, question)


def _new(request: SignedInRequest, topic: Topic | None, question: Question | None) -> HttpResponse:
    if not can_write(request.user):
        return refuse(request, _("You can not write at the moment."))
    carried = carried_words(request)
    sheet = fresh_sheet(request) if carried else sheet_for(request, "conversation_new")
    if topic:
        # Where somebody comes from says more than what they were writing about the other day.
        sheet.words.pop("topic", None)
    initial = {"topic": topic, **carried}
    if carried:
        form = ConversationForm(initial=initial, company=request.company.name)
    else:
        form = form_for(request, ConversationForm, initial=initial, sheet=sheet, company=request.company.name)
    shown: dict[str, Any] = {"sheet": sheet, "topic": topic, "question": question, "came_from": came_from(request)}
    files = shown["files"] = FirstFiles(request)
    if form.is_valid() and files.are_fine():
        try:
            conversation = _open_once(request, question, form.cleaned_data, sheet, files)
        except TooMuch as limit:
            return ask_for_patience(request, "forum/conversation_new.html", form, limit, **shown)
        forget_public_draft(request)
        messages.success(request, _("Your message was sent. You will hear from us here."))
        return redirect(conversation)
    shown["wanted_in_vain"] = bool(request.GET.get("topic")) and topic is None
    status = 422 if files.is_wrong else None
    return show_form(request, "forum/conversation_new.html", form, status=status, **shown)


def _open_once(
    request: SignedInRequest, question: Question | None, typed: dict[str, Any], sheet: Sheet, files: FirstFiles
) -> Conversation:
    opened: list[Conversation] = []

    def write() -> Conversation:
        opened.append(open_conversation(customer=request.user, origin_question=question, **typed))
        return opened[-1]

    conversation = once_in_private(
        author=request.user,
        kind="conversation",
        subject=typed["subject"],
        text=typed["text"],
        among=Conversation.objects.own(request.user).filter(topic=typed["topic"], closed_at=None),
        write=write,
        sent=sheet.sent,
    )
    # Not what the same form has opened before: there they are.
    if conversation in opened:
        files.put_into(conversation, request.user)
    return conversation


def _origin(request: SiteRequest) -> Question | None:
    wanted = request.GET.get("question")
    if not wanted:
        return None
    return Question.objects.visible_to(request.user).select_related("topic").filter(public_id=wanted[:10]).first()


def _wanted_topic(request: SiteRequest, question: Question | None) -> Topic | None:
    """The topic that was asked for, else that of the question; None where nobody reads private messages."""
    wanted = request.GET.get("topic") or (question.topic.slug if question else "")
    number = Q(pk=wanted) if wanted.isascii() and wanted.isdecimal() else Q()
    return Topic.objects.taking_conversations().filter(Q(slug=wanted) | number).first() if wanted else None


@require_safe
@staff_required
@private_room
def desk_conversations(request: SignedInRequest) -> HttpResponse:
    """Those of the topics one serves: what waits for us first."""
    served = Conversation.objects.visible_to(request.user).served_by(request.user)
    lists = {"waiting": served.awaiting_staff(), "open": served.awaiting_nobody_here(), "closed": served.closed()}
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in LISTS else "waiting"
    rows = lists[chosen].select_related("topic", "customer", "assigned_to__staff_card")
    parts = {name: Count("pk", filter=Q(pk__in=part.order_by().values("pk"))) for name, part in lists.items()}
    counts = served.order_by().aggregate(**parts)
    page = queue_page(
        rows,
        by=LISTS[chosen],
        newest_first=chosen != "waiting",
        after=request.GET.get("after", ""),
        total=counts[chosen],
    )
    context = {"chosen": chosen, "counts": counts, "page": page, "helped": helped(request.user)}
    return render(request, "forum/desk_conversations.html", context)
