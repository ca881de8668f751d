"""Who takes part in keeping, copying and erasing what is personal: dotted paths, since imports run one way."""

from __future__ import annotations

# What the worker deletes when its time is over; each is called with the clock.
RETENTION = [
    "forum.actions.conversations.delete_expired",
    "forum.actions.drafts.delete_old_drafts",
    "forum.actions.receipts.delete_ping_addresses",
    "accounts.retention.delete_sessions",
    "accounts.retention.delete_failed_sign_ins",
    "accounts.retention.delete_counts",
    "accounts.retention.delete_mail_log",
    "accounts.retention.delete_exports",
    "accounts.models.invitation.delete_old_invitations",
    "accounts.retention.delete_unverified_accounts",
    "accounts.retention.tell_inactive_accounts",
    "accounts.retention.erase_inactive_accounts",
    "accounts.erasure.resume_erasures",
    "accounts.retention.forget_addresses",
    "accounts.retention.delete_settings_log",
    "accounts.retention.delete_role_changes",
    "forum.actions.faq_drift.note_review_dates",
    "forum.actions.uploads.collect_orphans",
    "forum.actions.attachments.collect_files",
    "forum.retention.delete_openings",
    "forum.retention.delete_holds",
    "forum.retention.forget_names",
    "forum.retention.forget_feedback",
    "forum.search.vocabulary.recount_daily",
    "forum.search.misses.delete_old_misses",
    "forum.readings.delete_old_readings",
    "moderation.retention.forget_reporters",
    "moderation.retention.forget_names",
]
# What the worker does besides letters: by kind, the function that takes a job's payload and answers whether it is done.
JOBS = {
    "export": "accounts.exports.make_export",
    "erasure": "accounts.erasure.continue_erasure",
}
# Who is told when the worker gave a job up after its last try; by kind, the function that takes its payload.
JOBS_GIVEN_UP = {
    "export": "accounts.exports.tell_of_failure",
}
# What each app's tables hold of people, in the order of the copy that everybody may ask for.
PERSONAL_DATA = [
    "accounts.personal.HOLDINGS",
    "forum.personal.HOLDINGS",
    "forum.personal_faq.HOLDINGS",
    "forum.personal_team.HOLDINGS",
    "forum.personal_conversations.HOLDINGS",
    "forum.personal_doors.HOLDINGS",
    "forum.personal_drafts.HOLDINGS",
    "forum.personal_search.HOLDINGS",
    "forum.personal_repeats.HOLDINGS",
    "moderation.personal.HOLDINGS",
]
# What somebody of the team does before their account is erased: leave it, with the log, letters and handing over.
ERASURE_LEAVES = ["forum.actions.team.leave"]
# Who takes part when an account is erased, one after the other; each does a batch and answers whether nothing is left.
ERASURE_STEPS = [
    "accounts.erasing.erase_files",
    "accounts.erasing.erase_invitations",
    "forum.erasing.posts.note_threads",
    "forum.erasing.posts.erase_badges",
    "forum.erasing.doors.erase_doors",
    "forum.erasing.posts.erase_posts",
    "forum.erasing.uploads.erase_uploads",
    "forum.erasing.marks.erase_conversations",
    "forum.erasing.marks.erase_drafts",
    "forum.erasing.marks.erase_marks",
    "forum.erasing.marks.erase_replies",
    "moderation.erasing.erase_reporter",
    "accounts.erasing.erase_names",
    "accounts.mentions.erase_mentions",
    "accounts.erasing.erase_sessions",
    "accounts.erasing.erase_settings_log",
    "forum.erasing.marks.erase_origin",
    "accounts.former_mentions.erase_former_mentions",
    "forum.erasing.search.erase_traces",
]
# What is stored, why and how long, as the privacy page tells it.
PRIVACY_NOTICE = ["accounts.disclosure.entries", "forum.disclosure.entries", "moderation.disclosure.entries"]
# Columns whose keys are wrapped by a master key: what `manage.py rotate_keys` goes through.
SEALED = ["accounts.rotation.SEALED", "forum.sealed.SEALED", "moderation.sealed.SEALED"]
