"""What nobody should send, and what a correct form would have held: for the tests of every POST."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from tests.bad_input_of_faq import faq_input
from tests.factories import PASSWORD
from tests.site_map import Site

OURS = ("accounts", "forum", "moderation")

BAD: dict[str, str] = {
    "nothing": "",
    "spaces": " \u200b\u00ad\t\r\n ",
    "too much": "x" * 25_000,
    "NUL": "soap\0soap",
    "controls": "soap\x01\x1b\x7f\u202esoap",
    "lone surrogate": "\ud800soap\udfff",
    "no number": "-99999999999999999999",
    "format": "%s %(x)s {0} ${x} {{ 7|add:7 }} {% now 'Y' %}",
    "markup": '"><script>alert(1)</script>',
    "list": "[1, 2]",
    "unknown id": "00000000-0000-4000-8000-000000000000",
    "normalises": "ﬁ Å Å İ ß ẞ ‮ \ufffe",
}
# Where browsers go is their own idea of an address: backslashes, control characters and missing slashes count.
ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "/\\/evil.example",
    "\\/evil.example", "http://evil.example", "https://evil.example", "HTTPS://evil.example", "https:evil.example",
    "https:/evil.example", "http:\\\\evil.example", "//evil.example/%2f..", "//testserver@evil.example",
    "http://testserver@evil.example", "http://testserver.evil.example", "http://evil.example#testserver",
    "http://evil.example?testserver", "http://evil.example\\testserver", "//evil.example:80", "//[::1]", "//127.1",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "\x01javascript:alert(1)", "javascript://testserver/%0aalert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:x", "file:///etc/passwd", "ftp://evil.example", "/\t/evil.example", "/\n/evil.example",
    "/\r/evil.example", "\t//evil.example", " //evil.example", "\u3000//evil.example", "//evil%E3%80%82example",
    "//evil。example", "http://%65vil.example", "/%0d%0aLocation:%20//evil.example", "/\r\nSet-Cookie: a=b", "http:///evil.example",
    "http://testserver\\@evil.example", ".//evil.example", "@evil.example",
]  # fmt: skip
CURSORS = [
    "0", "-1", "9" * 400, "none-1", "none-" + "9" * 40, "9999999999999999-zz", "1e9-a", "٣-a", "\0", "a-b-c", "[]", "-",
    "1-00000000-0000-4000-8000-000000000000", "'; DROP TABLE forum_question; --", "١٢٣", "\ud800",
]  # fmt: skip

# What is made anew each time.
RANDOM = {
    "public_id", "message_id", "password", "payload", "slug", "seed", "token_hash", "data", "digest", "made", "session",
}  # fmt: skip

TEXT = "Words that somebody has typed with care."
SAID = {"verb": "hide", "rule": "insult", "reason": TEXT}
REPORT = {"rule": "insult", "reason": TEXT, "name": "Anton", "email": "anton@example.org", "good_faith": "on"}
REPLY = {"title": TEXT, "text": TEXT, "is_shared": "on"}
CARD = {"name": "Stella S", "name_is": "service", "role_title": TEXT, "about": TEXT, "sign_off": TEXT,
        "languages": "Latin", "answer_days": "Mondays", "portrait_consent": ""}  # fmt: skip


_DRAFT = {"draft_purpose": "question_ask", "draft_target": ""}

# For the addresses of accounts: who sends it, and what can be taken.
ACCOUNT_INPUT: dict[str, tuple[str, dict[str, str]]] = {
    "account_change_password": ("ann", {"oldpassword": PASSWORD, "password": "another-horse-battery"}),
    "account_complete_password_reset": ("", {"password": "another-horse-battery"}),
    "account_confirm_login_code": ("", {"code": "ABCD-EFGH"}),
    "account_confirm_password_reset_code": ("", {"code": "ABCD-EFGH"}),
    "account_email": ("ann", {"email": "new@example.org", "action_add": "1"}),
    "account_email_verification_sent": ("", {"code": "ABCD-EFGH"}),
    "account_login": ("", {"nickname": "ann", "password": PASSWORD}),
    "account_logout": ("ann", {}),
    "account_reauthenticate": ("ann", {"password": PASSWORD}),
    "account_request_login_code": ("", {"email": "ann@example.org"}),
    "account_reset_password": ("", {"email": "ann@example.org"}),
    "account_set_password": ("ann", {"password": "another-horse-battery"}),
    "account_signup": ("", {"nickname": "nora", "email": "nora@example.org", "password": "correct-horse-battery"}),
    "accounts:nickname": ("ann", {"nickname": "josefa"}),
    "accounts:data": ("ann", {}),
    "accounts:erase": ("ann", {"posts": "remove", "sure": "on"}),
    "account_signup_by_passkey": ("", {"nickname": "nora", "email": "nora@example.org"}),
    "accounts:device_letters": ("ann", {"on": ""}),
    "accounts:comment_letters": ("ann", {"on": ""}),
    "accounts:session_end": ("ann", {}),
    "mfa_activate_totp": ("ann", {"code": "123456"}),
    "mfa_add_webauthn": ("ann", {"name": "Phone", "credential": "{}"}),
    "mfa_authenticate": ("", {"code": "123456"}),
    "mfa_deactivate_totp": ("stella", {}),
    "mfa_edit_webauthn": ("ann", {"name": "Phone"}),
    "mfa_generate_recovery_codes": ("stella", {}),
    "mfa_login_webauthn": ("", {"credential": "{}"}),
    "mfa_reauthenticate": ("stella", {"code": "123456"}),
    "mfa_reauthenticate_webauthn": ("ann", {"credential": "{}"}),
    "mfa_remove_webauthn": ("ann", {}),
    "mfa_signup_webauthn": ("", {"name": "Phone", "credential": "{}"}),
    "usersessions_list": ("ann", {}),
    "accounts:profile": ("ann", {"language": "en"}),
    "accounts:signup_restart": ("", {}),
}


def _team_input(topic: str) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "forum:desk_card": ("stella", CARD),
        "forum:desk_card_name": ("stella", {"name": "Lotte"}),
        "forum:desk_card_portrait": ("stella", {}),
        "forum:desk_leave": ("stella", {}),
        "forum:note_delete": ("stella", {}),
        "forum:question_note": ("stella", {"text": TEXT}),
        "forum:reply_delete": ("stella", {}),
        "forum:reply_edit": ("stella", REPLY),
        "forum:reply_new": ("stella", REPLY),
        "forum:desk_team_invite": ("olga", {"email": "nils@example.org", "role": "moderator", "topics": topic}),
        "forum:desk_team_member": ("olga", {"role": "moderator", "topics": topic}),
        "forum:desk_team_remove": ("olga", {"lock_out": "on"}),
        "forum:desk_team_resend": ("olga", {}),
        "forum:desk_team_withdraw": ("olga", {}),
        "forum:invitation": ("", {"nickname": "nora", "password": "another-horse-battery"}),
    }


MODERATION_INPUT = {
    "moderation:held_detail": ("moritz", SAID),
    "moderation:message_report": ("ann", {"rule": "insult", "reason": TEXT, "good_faith": "on"}),
    "moderation:notice_detail": ("moritz", SAID),
    "moderation:notice_restore": ("moritz", {"reason": TEXT}),
    "moderation:post_hide": ("moritz", SAID),
    "moderation:post_redact": ("stella", {"more": "long does soap", "whole": "on", "read": ""}),
    "moderation:post_restore": ("moritz", {"verb": "restore", "reason": TEXT}),
    "moderation:report": ("", REPORT),
    "moderation:version_hide": ("moritz", SAID),
    "moderation:version_restore": ("moritz", {"verb": "show-one", "reason": TEXT}),
}


PRIVATE_INPUT = {
    "forum:conversation_consent": ("ann", {"health_consent": "on", "agree": "1", "text": TEXT}),
    "forum:conversation_ping": ("", {"email": "ann@example.org"}),
    "forum:conversation_withdraw": ("ann", {}),
    "forum:receipt": ("", {"code": "1234 5678 9012 3450"}),
    "forum:receipt_attach": ("ann", {"code": "1234 5678 9012 3450"}),
    "forum:receipt_leave": ("", {}),
}


DOORS_INPUT = {
    "forum:conversation_offer": (
        "stella",
        {"kind": "faq", "title": TEXT, "text": TEXT, "answer": TEXT, "version": "1", "looked": "on"},
    ),
    "forum:conversation_outcome": ("stella", {"outcome": TEXT}),
    "forum:conversation_public": ("ann", {"title": TEXT, "answer": TEXT, "version": "1", "under": "customer"}),
    "forum:conversation_unpublish": ("ann", {}),
    "forum:published_withdraw": ("ann", {}),
    "forum:question_agree": ("ann", {"door": "1", "agree": "yes"}),
    "forum:question_outcome": ("ann", {"door": "1", "verb": "agree"}),
    "forum:question_private": ("stella", {"reason": "health", "text": TEXT}),
}


def right_input(site: Site) -> dict[str, tuple[str, dict[str, str]]]:
    """For every address that takes a POST: who sends it, and what can be taken."""
    topic = site.question.topic
    asked = {"title": TEXT, "text": TEXT, "topic": topic.slug}
    return (
        ACCOUNT_INPUT
        | MODERATION_INPUT
        | PRIVATE_INPUT
        | DOORS_INPUT
        | _team_input(topic.slug)
        | _private_input(site)
        | faq_input(site, TEXT)
        | {
            "forum:answer_accept": ("ann", {}),
            "forum:answer_comment": ("ann", {"text": TEXT}),
            "forum:answer_edit": ("ann", {"text": TEXT, "reason": "Clearer"}),
            "forum:answer_helpful": ("ben", {"on": "1"}),
            "forum:answer_unaccept": ("ann", {}),
            "forum:comment_delete": ("ann", {}),
            "forum:comment_edit": ("ann", {"text": TEXT, "reason": "Clearer"}),
            "forum:draft_discard": ("ann", {**_DRAFT, "listed": "1"}),
            "forum:draft_save": ("ann", {**asked, **_DRAFT, "form_key": "k" * 22, "draft_version": "0"}),
            "forum:language_set": ("", {"language": "en", "next": "/faq/"}),
            "forum:person_unverify": ("stella", {}),
            "forum:person_verify": ("stella", {"order_number": "R-2026/118"}),
            "forum:preview": ("ann", {"text": TEXT}),
            "forum:question_answer": ("stella", {"text": TEXT, "waiting_on": "asker"}),
            "forum:question_ask": ("ann", {**asked, "language": "en", "unnamed": "on"}),
            "forum:question_close": ("stella", {"reason": TEXT, "duplicate_of": ""}),
            "forum:question_comment": ("ann", {"text": TEXT}),
            "forum:question_duplicate": ("stella", {"address": site.other.public_id, "reason": TEXT}),
            "forum:question_separate": ("stella", {"reason": TEXT}),
            "forum:question_edit": ("ann", {**asked, "reason": "Clearer", "unnamed": "on"}),
            "forum:question_metoo": ("ben", {"on": "1"}),
            "forum:question_reopen": ("stella", {}),
            "forum:question_solved": ("", {"solves": f"faq-{site.entry.pk}"}),
            "forum:question_subscribe": ("ben", {"on": "1"}),
            "forum:question_wait": ("stella", {"waiting_on": "asker"}),
            "forum:upload": ("ann", {"alternative_text": TEXT}),
        }
    )


def _private_input(site: Site) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "forum:conversation_close": ("ann", {}),
        "forum:conversation_detail": ("stella", {"text": TEXT, "waiting_on": "asker"}),
        "forum:conversation_new": (
            "ann",
            {"topic": str(site.conversation.topic_id), "subject": TEXT, "text": TEXT, "health_consent": "on"},
        ),
        "forum:conversation_delete": ("ann", {}),
        "forum:conversation_extend": ("ann", {}),
        "forum:conversation_rate": ("", {"answer": "yes"}),
        "forum:conversation_reopen": ("ann", {"text": TEXT}),
        "forum:conversation_take": ("stella", {}),
        "forum:conversation_team": ("stella", {"to": "note", "text": TEXT}),
        "forum:desk_hold_end": ("olga", {"reason": TEXT}),
        "forum:desk_holds": ("olga", {"number": str(site.conversation.pk), "reason": TEXT}),
    }


def every_field(but: set[str]) -> dict[str, str]:
    """Every column of ours by name, as somebody would send it who hopes that it is taken over."""
    fields = [field for label in OURS for model in apps.get_app_config(label).get_models() for field in _fields(model)]
    tempting = {field.name: _tempting(field) for field in fields} | {
        field.attname: _tempting(field) for field in fields
    }
    tempting |= {
        "role": "owner",
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "on",
        "user": "1",
        "verified": "on",
    }
    return {name: value for name, value in tempting.items() if name not in but}


def _fields(model: type[models.Model]) -> list[Any]:
    return list(model._meta.concrete_fields)


def _tempting(field: Any) -> str:
    if isinstance(field, models.DateTimeField):
        return "2020-01-01 12:00"
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.ForeignKey | models.IntegerField | models.AutoField):
        return "1"
    return "tampered"


def state() -> dict[str, Any]:
    """The whole database, row by row; of instants and random values only whether they are there.

    A reference counts as the place of its row in its table: a sequence of PostgreSQL does not go back with a
    transaction, so the same deed done twice makes rows with other numbers.
    """
    kinds = [model for model in apps.get_models(include_auto_created=True) if _is_ours(model)]
    rows = {model: list(model._default_manager.order_by(_age(model))) for model in kinds}
    places = {model: {row.pk: number for number, row in enumerate(rows[model])} for model in kinds}
    return {
        f"{model._meta.label} {number} {field.attname}": _comparable(field, row, places)
        for model in kinds
        for number, row in enumerate(rows[model])
        for field in _fields(model)
    }


def _is_ours(model: type[models.Model]) -> bool:
    return model._meta.app_label in (*OURS, "account", "mfa")


def _age(model: type[models.Model]) -> str:
    return "created_at" if isinstance(model._meta.pk, models.UUIDField) else "pk"


def _comparable(field: Any, row: models.Model, places: Mapping[type[models.Model], Mapping[Any, int]]) -> Any:
    value = getattr(row, field.attname)
    if field.is_relation and not field.primary_key:
        return places.get(field.related_model, {}).get(value, value)
    random = field.name in RANDOM or field.primary_key or field.name.startswith("sealed_")
    timely = isinstance(field, models.DateTimeField | models.BinaryField) or isinstance(value, UUID)
    return bool(value) if random or timely else value
