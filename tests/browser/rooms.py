"""Every kind of page of the demonstration, by who is the first that can open it."""

from __future__ import annotations

from accounts.models import Invitation, StaffCard, User
from forum.faq_objections import objection_address
from forum.models import Answer, Comment, Conversation, Door, FaqEntry, FaqSource, LegalPage, Question, Topic
from forum.querysets import QuestionQuerySet
from moderation.models import Notice

CUSTOMER, STAFF, MODERATOR, OWNER = "wollknäuel", "jannis", "sevda", "marlene"


def rooms(nickname: str) -> list[str]:
    """Addresses that this person of the demonstration opens; an empty name is a visitor."""
    if not nickname:
        return for_visitors()
    user = User.objects.get(nickname=nickname)
    return {CUSTOMER: for_customers, STAFF: for_staff, MODERATOR: for_moderators, OWNER: for_owners}[nickname](user)


def for_visitors() -> list[str]:
    questions = Question.objects.public()
    answer = Answer.objects.public().filter(edited_at__isnull=False).first() or Answer.objects.public().first()
    return [
        "/",
        "/q/",
        "/q/?state=accepted&sort=wanted",
        "/q/?after=0-x",
        *(question.get_absolute_url() for question in one_of_each_state(questions)),
        *(question.get_absolute_url() for question in Question.objects.removed()[:1]),
        *(topic.get_absolute_url() for topic in Topic.objects.public()),
        "/faq/",
        FaqEntry.objects.public()[0].get_absolute_url(),
        f"/faq/helpful/{FaqEntry.objects.public()[0].pk}/",
        *(objection_address(source) for source in FaqSource.objects.public().exclude(question__author=None)[:1]),
        FaqEntry.objects.public().filter(topic__discreet=True)[0].get_absolute_url(),
        "/search/",
        "/search/?q=seife",
        "/search/?q=zeppelin",
        "/team/",
        StaffCard.objects.all()[0].get_absolute_url(),
        f"/people/{CUSTOMER}/",
        *(f"/about/{page}/" for page in [*LegalPage.Kind.values, "service-hours"]),
        "/transparency/",
        f"/q/{questions.exclude(edited_at=None)[0].public_id}/-/history/",
        f"/a/{answer.public_id}/history/",
        f"/report/question/{questions[0].public_id}/",
        "/nowhere/",
        "/account/login/",
        "/account/signup/",
        "/account/password/reset/",
        "/account/login/code/",
        *(f"/account/invitation/{token}/" for token in _tokens()),
        "/account/invitation/none/",
        "/account/signup/passkey/",
        "/private/new/",
        "/private/receipt/",
    ]


def one_of_each_state(questions: QuestionQuerySet[Question]) -> list[Question]:
    """As few questions as show every status there is, and every kind of thing that hangs on one."""
    seen: set[str] = set()
    chosen = []
    for question in questions.with_faq_mark():
        states = {status.key for status in question.statuses}
        if not states <= seen:
            seen |= states
            chosen.append(question)
    return chosen


def for_customers(user: User) -> list[str]:
    own = Question.objects.public().filter(author=user)[0]
    other = Question.objects.public().filter(closed_at=None).exclude(author=user)[0]
    comment = Comment.objects.public().filter(author=user).first()
    conversation = Conversation.objects.visible_to(user).first()
    return [
        "/ask/",
        "/ask/?topic=intimpflege",
        own.get_absolute_url(),
        other.get_absolute_url(),
        f"/q/{own.public_id}/-/edit/",
        f"/q/{other.public_id}/-/answer/",
        f"/q/{other.public_id}/-/comment/",
        *([f"/c/{comment.public_id}/edit/", f"/c/{comment.public_id}/delete/"] if comment else []),
        f"/people/{user.nickname}/",
        "/private/",
        "/private/new/",
        "/private/new/?topic=intimpflege",
        "/private/receipt/attach/",
        *([conversation.get_absolute_url(), f"{conversation.get_absolute_url()}delete/"] if conversation else []),
        *[f"/q/{door.question.public_id}/-/private/" for door in Door.objects.filter(question__author=user)[:1]],
        "/account/",
        "/account/drafts/",
        "/account/nickname/",
        "/account/security/",
        "/account/sessions/",
        "/account/email/",
        "/account/password/change/",
        "/account/data/",
        "/account/erase/",
        "/account/logout/",
    ]


def for_staff(user: User) -> list[str]:
    waiting = Question.objects.public().filter(closed_at=None, waiting_on="us")[0]
    answer = Answer.objects.public().filter(author=user)[0]
    entries = FaqEntry.objects.visible_to(user)
    return [
        "/desk/",
        "/desk/?waiting=asker",
        "/desk/?mine=1",
        waiting.get_absolute_url(),
        f"/q/{waiting.public_id}/-/close/",
        f"/a/{answer.public_id}/edit/",
        "/desk/private/",
        "/desk/private/?state=closed",
        "/desk/doors/",
        f"/moderation/redact/question/{waiting.public_id}/",
        *[f"/private/{room.pk}/offer/" for room in Conversation.objects.visible_to(user)[:1]],
        *(conversation.get_absolute_url() for conversation in Conversation.objects.visible_to(user)[:2]),
        *(f"{conversation.get_absolute_url()}team/" for conversation in Conversation.objects.served_by(user)[:1]),
        *(f"/desk/faq/?state={state}" for state in ("draft", "published", "due", "retired")),
        "/desk/faq/new/",
        "/desk/faq/?state=submitted",
        "/desk/faq/proposals/",
        *(f"/desk/faq/{entries[0].pk}/{room}" for room in ("", "merge/", "translation/", "sources/", "feedback/")),
        f"/a/{answer.public_id}/faq/",
        *(entry.get_absolute_url() for entry in entries.filter(published_at=None)[:1]),
        "/desk/packaging/",
        "/desk/card/",
        f"/people/{CUSTOMER}/",
        f"/people/{CUSTOMER}/verify/",
        "/people/quittenbaum/",
        Question.objects.exclude(unnamed_at=None)[0].get_absolute_url(),
        "/desk/replies/",
        "/desk/replies/new/",
        f"/q/{waiting.public_id}/-/note/",
        f"/q/{waiting.public_id}/-/answer/",
        "/desk/card/name/",
        "/desk/leave/",
        "/styleguide/",
    ]


def for_moderators(user: User) -> list[str]:
    question, held = Question.objects.public()[0], Question.objects.held().first()
    changed = Question.objects.public().exclude(edited_at=None).first()
    hidden = Answer.objects.removed().first() or Question.objects.removed().first()
    return [
        "/moderation/",
        *(notice.get_absolute_url() for notice in Notice.objects.all()),
        "/moderation/held/",
        *([f"/moderation/held/question/{held.public_id}/", held.get_absolute_url()] if held else []),
        *([f"/moderation/restore/{hidden.kind}/{hidden.public_id}/"] if hidden else []),
        f"/moderation/hide/question/{question.public_id}/",
        *([f"/moderation/hide/{changed.kind}/{changed.public_id}/1/"] if changed else []),
        question.get_absolute_url(),
    ]


def for_owners(user: User) -> list[str]:
    other = User.objects.team().exclude(pk=user.pk)[0]
    team = [
        "/desk/holds/",
        "/desk/team/",
        "/desk/team/invite/",
        f"/desk/team/{other.pk}/",
        f"/desk/team/{other.pk}/remove/",
    ]
    own = ["/account/", "/account/security/", "/account/reauthenticate/code/"]
    return ["/", "/team/", "/desk/", *own, *team, *(f"/account/invitation/{token}/" for token in _tokens())]


def _tokens() -> list[str]:
    return [token for invitation in Invitation.objects.all() if (token := invitation.token)]
