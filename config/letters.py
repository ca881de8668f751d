"""Every kind of letter that leaves through accounts.OutgoingMail, with the function that may still say no."""

from __future__ import annotations

_ACCOUNT_LETTERS = (
    "account_already_exists",
    "email_changed",
    "email_confirmation",
    "email_confirmation_signup",
    "email_deleted",
    "login_code",
    "password_changed",
    "password_reset",
    "password_reset_code",
    "password_set",
    "unknown_account",
    "new_device",
    "totp_activated",
    "totp_deactivated",
    "webauthn_added",
    "webauthn_removed",
    "recovery_codes_generated",
    "recovery_code_used",
    "second_factor_reset",
)
MAIL_BUILDERS = {
    **{f"account_{letter}": "accounts.letters.account_letter" for letter in _ACCOUNT_LETTERS},
    "account_data_ready": "accounts.letters.data_ready",
    "account_erased": "accounts.letters.account_letter",
    "account_inactive": "accounts.letters.account_inactive",
    "question_answered": "forum.notifications.question_answered",
    "question_commented": "forum.notifications.question_commented",
    "question_closed": "forum.notifications.question_closed",
    "answer_accepted": "forum.notifications.answer_accepted",
    "faq_published": "forum.notifications.faq_published",
    "conversation_message": "forum.notifications.conversation_message",
    "conversation_closed": "forum.notifications.conversation_closed",
    "notice_received": "moderation.notifications.notice_received",
    "notice_decided": "moderation.notifications.notice_decided",
    "post_hidden": "moderation.notifications.post_hidden",
    "post_restored": "moderation.notifications.post_restored",
    "post_released": "moderation.notifications.post_released",
    **{f"team_{letter}": f"forum.team_letters.team_{letter}" for letter in ("changed", "invitation", "role")},
}
