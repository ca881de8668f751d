"""Who may open what: every named address, as everybody, on one planted site."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.site_map import Site, names, plant
from tests.test_bad_input import undone

# For: a visitor, Ann who wrote it all, Stella of the staff, Moritz the moderator, Olga the owner.
Row = tuple[int, int, int, int, int]
EVERYBODY: Row = (200, 200, 200, 200, 200)
SIGNED_IN: Row = (302, 200, 200, 200, 200)
STRANGERS: Row = (200, 302, 302, 302, 302)
AUTHOR: Row = (302, 200, 403, 403, 403)
PARTIES: Row = (302, 200, 200, 404, 404)
TEAM: Row = (302, 404, 200, 200, 200)
OWNERS: Row = (302, 404, 404, 404, 200)
MODERATORS: Row = (404, 404, 404, 200, 200)
MOVED: Row = (302, 302, 302, 302, 302)
PERSON: Row = (401, 302, 302, 302, 302)
NOT_HERE: Row = (404, 404, 404, 404, 404)
BUTTON: Row = (405, 405, 405, 405, 405)  # a POST alone means anything

READ: dict[str, Row] = {
    "account_change_password": SIGNED_IN,
    "account_complete_password_reset": MOVED,
    "account_confirm_login_code": MOVED,
    "account_confirm_password_reset_code": MOVED,
    "account_email": SIGNED_IN,
    "account_email_verification_sent": MOVED,
    "account_inactive": EVERYBODY,
    "account_login": STRANGERS,
    "account_logout": SIGNED_IN,
    "account_password_reset_completed": EVERYBODY,
    "account_reauthenticate": SIGNED_IN,
    "account_request_login_code": STRANGERS,
    "account_reset_password": EVERYBODY,
    "account_set_password": MOVED,
    "account_signup": STRANGERS,
    "accounts:comment_letters": BUTTON,
    "accounts:data": SIGNED_IN,
    "accounts:data_file": (302, 404, 404, 404, 404),
    "accounts:erase": SIGNED_IN,
    "account_signup_by_passkey": STRANGERS,
    "accounts:device_letters": BUTTON,
    "accounts:mailbox": NOT_HERE,
    "accounts:nickname": SIGNED_IN,
    "accounts:profile": SIGNED_IN,
    "accounts:session_end": BUTTON,
    "accounts:signup_restart": BUTTON,
    "accounts:totp_picture": (302, 404, 404, 404, 404),
    "forum:about": EVERYBODY,
    "forum:answer_accept": BUTTON,
    "forum:answer_comment": SIGNED_IN,
    "forum:answer_detail": MOVED,
    "forum:answer_edit": AUTHOR,
    "forum:answer_helpful": BUTTON,
    "forum:answer_history": EVERYBODY,
    "forum:answer_into_faq": TEAM,
    "forum:answer_promote": BUTTON,
    "forum:answer_unaccept": BUTTON,
    "forum:comment_delete": AUTHOR,
    "forum:comment_edit": AUTHOR,
    "forum:comment_history": EVERYBODY,
    "forum:complete": (401, 200, 200, 200, 200),
    "forum:conversation_close": BUTTON,
    "forum:conversation_consent": (302, 200, 403, 404, 404),
    "forum:conversation_detail": PARTIES,
    "forum:conversation_delete": (302, 200, 403, 404, 404),
    "forum:conversation_extend": BUTTON,
    "forum:conversation_file": PARTIES,
    "forum:conversation_list": SIGNED_IN,
    "forum:conversation_new": EVERYBODY,
    "forum:conversation_offer": (302, 403, 200, 404, 404),
    "forum:conversation_outcome": (302, 403, 200, 404, 404),
    "forum:conversation_ping": BUTTON,
    "forum:conversation_public": (302, 200, 403, 404, 404),
    "forum:conversation_rate": EVERYBODY,
    "forum:conversation_reopen": BUTTON,
    "forum:conversation_take": BUTTON,
    "forum:conversation_team": (302, 403, 200, 404, 404),
    "forum:conversation_unpublish": BUTTON,
    "forum:conversation_withdraw": BUTTON,
    "forum:desk": TEAM,
    "forum:desk_card": TEAM,
    "forum:desk_card_name": TEAM,
    "forum:desk_card_portrait": BUTTON,
    "forum:desk_conversations": TEAM,
    "forum:desk_doors": TEAM,
    "forum:desk_faq": TEAM,
    "forum:desk_faq_dismiss": BUTTON,
    "forum:desk_faq_proposals": TEAM,
    "forum:desk_hold_end": OWNERS,
    "forum:desk_holds": OWNERS,
    "forum:desk_leave": TEAM,
    "forum:desk_packaging": TEAM,
    "forum:desk_replies": TEAM,
    "forum:desk_team": OWNERS,
    "forum:desk_team_invite": OWNERS,
    "forum:desk_team_member": OWNERS,
    "forum:desk_team_remove": OWNERS,
    "forum:desk_team_resend": BUTTON,
    "forum:desk_team_withdraw": BUTTON,
    "forum:draft_discard": BUTTON,
    "forum:draft_list": SIGNED_IN,
    "forum:draft_save": BUTTON,
    "forum:faq_check": BUTTON,
    "forum:faq_detail": EVERYBODY,
    "forum:faq_edit": TEAM,
    "forum:faq_feed": EVERYBODY,
    "forum:faq_feedback": TEAM,
    "forum:faq_helpful": EVERYBODY,
    "forum:faq_history": TEAM,
    "forum:faq_list": EVERYBODY,
    "forum:faq_merge": TEAM,
    "forum:faq_new": TEAM,
    "forum:faq_objection": EVERYBODY,
    "forum:faq_publish": BUTTON,
    "forum:faq_restore": BUTTON,
    "forum:faq_retire": BUTTON,
    "forum:faq_source_add": TEAM,
    "forum:faq_source_remove": BUTTON,
    "forum:faq_submit": BUTTON,
    "forum:faq_translate": TEAM,
    "forum:faq_unmerge": BUTTON,
    "forum:favicon": MOVED,
    "forum:healthz": EVERYBODY,
    "forum:home": EVERYBODY,
    "forum:invitation": EVERYBODY,
    "forum:language_set": BUTTON,
    "forum:media": NOT_HERE,
    "forum:note_delete": BUTTON,
    "forum:opensearch": EVERYBODY,
    "forum:person_detail": EVERYBODY,
    "forum:person_unverify": BUTTON,
    "forum:person_verify": TEAM,
    "forum:poster": EVERYBODY,
    "forum:preview": BUTTON,
    "forum:private_entry": EVERYBODY,
    "forum:private_topic": EVERYBODY,
    "forum:published_withdraw": BUTTON,
    "forum:question_agree": BUTTON,
    "forum:question_answer": SIGNED_IN,
    "forum:question_ask": SIGNED_IN,
    "forum:question_close": (302, 403, 200, 200, 200),
    "forum:question_comment": SIGNED_IN,
    "forum:question_detail": EVERYBODY,
    "forum:question_duplicate": SIGNED_IN,
    "forum:question_edit": AUTHOR,
    "forum:question_history": EVERYBODY,
    "forum:question_list": EVERYBODY,
    "forum:question_metoo": BUTTON,
    "forum:question_note": TEAM,
    "forum:question_outcome": BUTTON,
    "forum:question_private": (302, 200, 403, 403, 403),
    "forum:question_reopen": BUTTON,
    "forum:question_separate": (302, 403, 200, 200, 200),
    "forum:question_similar": EVERYBODY,
    "forum:question_solved": BUTTON,
    "forum:question_subscribe": BUTTON,
    "forum:question_wait": BUTTON,
    "forum:questions_feed": EVERYBODY,
    "forum:readyz": EVERYBODY,
    "forum:receipt": EVERYBODY,
    "forum:receipt_attach": SIGNED_IN,
    "forum:receipt_leave": BUTTON,
    "forum:reply_delete": BUTTON,
    "forum:reply_edit": TEAM,
    "forum:reply_new": TEAM,
    "forum:reply_text": TEAM,
    "forum:robots": EVERYBODY,
    "forum:search": EVERYBODY,
    "forum:security_txt": NOT_HERE,
    "forum:site_poster": EVERYBODY,
    "forum:sitemap": EVERYBODY,
    "forum:styleguide": (404, 404, 200, 200, 200),
    "forum:stylesheet": EVERYBODY,
    "forum:team_detail": EVERYBODY,
    "forum:team_list": EVERYBODY,
    "forum:topic_detail": EVERYBODY,
    "forum:topic_feed": EVERYBODY,
    "forum:topic_qr": TEAM,
    "forum:topic_short": MOVED,
    "forum:upload": BUTTON,
    "mfa_activate_totp": MOVED,
    "mfa_add_webauthn": MOVED,
    "mfa_authenticate": MOVED,
    "mfa_deactivate_totp": (302, 404, 302, 302, 302),
    "mfa_edit_webauthn": MOVED,
    "mfa_generate_recovery_codes": MOVED,
    "mfa_index": SIGNED_IN,
    "mfa_login_webauthn": STRANGERS,
    "mfa_reauthenticate": (302, 302, 200, 200, 200),
    "mfa_reauthenticate_webauthn": MOVED,
    "mfa_remove_webauthn": MOVED,
    "mfa_signup_webauthn": MOVED,
    "mfa_view_recovery_codes": (302, 404, 404, 404, 404),
    "moderation:held_detail": MODERATORS,
    "moderation:held_list": MODERATORS,
    "moderation:message_report": PARTIES,
    "moderation:notice_detail": MODERATORS,
    "moderation:notice_list": MODERATORS,
    "moderation:notice_restore": NOT_HERE,
    "moderation:post_hide": MODERATORS,
    "moderation:post_redact": (404, 404, 200, 200, 200),
    "moderation:post_restore": MODERATORS,
    "moderation:report": EVERYBODY,
    "moderation:transparency": EVERYBODY,
    "moderation:version_hide": MODERATORS,
    "moderation:version_restore": MODERATORS,
    "usersessions_list": SIGNED_IN,
}
# What the buttons answer; a visitor gets the typed text back with the way to sign in (401).
PRESSED: dict[str, Row] = {
    "accounts:comment_letters": MOVED,
    "accounts:device_letters": MOVED,
    "accounts:session_end": (302, 404, 404, 404, 404),
    "accounts:signup_restart": MOVED,
    "forum:answer_accept": PERSON,
    "forum:answer_helpful": (401, 403, 302, 302, 302),
    "forum:answer_promote": (401, 403, 302, 302, 302),
    "forum:answer_unaccept": PERSON,
    "forum:conversation_close": (401, 302, 302, 404, 404),
    "forum:conversation_extend": (401, 302, 403, 404, 404),
    "forum:conversation_ping": (401, 403, 403, 404, 404),
    "forum:conversation_reopen": (401, 302, 302, 404, 404),
    "forum:conversation_take": (401, 403, 302, 404, 404),
    "forum:conversation_unpublish": (401, 404, 403, 404, 404),
    # Once Ann has pressed it, nobody else knows of the room.
    "forum:conversation_withdraw": (401, 302, 404, 404, 404),
    "forum:desk_card_portrait": (401, 404, 302, 302, 302),
    "forum:desk_team_resend": (401, 404, 404, 404, 302),
    "forum:desk_team_withdraw": (401, 404, 404, 404, 302),
    "forum:desk_faq_dismiss": (401, 404, 302, 302, 302),
    "forum:draft_discard": (401, 404, 404, 404, 404),
    "forum:draft_save": (401, 404, 404, 404, 404),
    "forum:faq_check": (401, 404, 302, 302, 302),
    "forum:faq_publish": (401, 404, 302, 302, 302),
    "forum:faq_restore": (401, 404, 302, 302, 302),
    "forum:faq_retire": (401, 404, 302, 302, 302),
    "forum:faq_source_remove": (401, 404, 302, 404, 404),
    "forum:faq_submit": (401, 404, 302, 302, 302),
    "forum:faq_unmerge": (401, 404, 302, 302, 302),
    "forum:language_set": MOVED,
    "forum:note_delete": (401, 404, 302, 404, 404),
    "forum:person_unverify": (401, 404, 302, 302, 302),
    "forum:preview": (401, 200, 200, 200, 200),
    "forum:published_withdraw": (401, 302, 404, 404, 404),
    "forum:question_agree": (401, 400, 403, 403, 403),
    "forum:question_metoo": (401, 403, 302, 302, 302),
    "forum:question_outcome": (401, 400, 403, 403, 403),
    "forum:question_reopen": (401, 403, 302, 302, 302),
    "forum:question_solved": NOT_HERE,
    "forum:question_subscribe": PERSON,
    "forum:question_wait": (401, 403, 400, 400, 400),
    "forum:receipt_leave": MOVED,
    "forum:upload": (401, 422, 422, 422, 422),
    "forum:reply_delete": (401, 404, 302, 404, 404),
}


@pytest.fixture
def site(ann: User, ben: User, stella: User, moritz: User, olga: User) -> Site:
    return plant(ann, ben, stella)


@pytest.fixture
def come_in(site: Site, login: Callable[[User], Client]) -> Callable[[], list[Client]]:
    people = {user.nickname: user for user in User.objects.all()}
    return lambda: [Client(), *(login(people[who]) for who in ("ann", "stella", "moritz", "olga"))]


def test_every_address_of_the_site_is_in_the_table() -> None:
    assert set(READ) == set(names())
    assert set(PRESSED) == {name for name, row in READ.items() if row == BUTTON}


def answers(readers: list[Client], how: str, path: str) -> tuple[int, ...]:
    """What each of them is answered; nothing of it is kept, so that one site serves for all addresses."""
    with undone():
        return tuple(getattr(reader, how)(path).status_code for reader in readers)


def test_who_may_open_what(site: Site, come_in: Callable[[], list[Client]]) -> None:
    readers = come_in()
    assert {name: answers(readers, "get", site.path(name)) for name in READ} == READ


def test_who_may_press_what(site: Site, come_in: Callable[[], list[Client]]) -> None:
    """They come in anew for each button: some sign them out."""
    assert {name: answers(come_in(), "post", site.path(name)) for name in PRESSED} == PRESSED


def test_a_visitor_who_presses_a_button_is_shown_the_way_in(site: Site, client: Client) -> None:
    page = client.post(site.path("forum:answer_helpful")).content.decode()
    assert "/account/login/?next=" in page


def test_a_visitor_comes_back_after_signing_in(site: Site, client: Client) -> None:
    closed = [name for name, row in READ.items() if row in (SIGNED_IN, AUTHOR, PARTIES, TEAM, OWNERS)]
    for name in closed:
        path = site.path(name)
        leads_to = "/" if name == "account_logout" else f"/account/login/?next={path}"
        assert client.get(path).url == leads_to, name
    assert len(closed) > 30
