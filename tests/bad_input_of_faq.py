"""What a correct form of the FAQ would have held: a part of tests.bad_input."""

from __future__ import annotations

from tests.site_map import Site


def faq_input(site: Site, text: str) -> dict[str, tuple[str, dict[str, str]]]:
    """For every address of the FAQ that takes a POST: who sends it, and what can be taken."""
    entry = {"title": text, "text": text, "language": "en", "position": "3", "review_due_on": "2030-01-01",
             "begun_from": "", "topic": str(site.question.topic.pk)}  # fmt: skip
    return {
        "forum:answer_into_faq": ("stella", {"entry": str(site.entry.pk)}),
        "forum:answer_promote": ("stella", {}),
        "forum:desk_faq_dismiss": ("stella", {"subject": f"question:{site.question.public_id}"}),
        "forum:faq_check": ("stella", {}),
        "forum:faq_edit": ("stella", {**entry, "reason": "Clearer"}),
        "forum:faq_helpful": ("", {"helpful": "no", "text": text}),
        "forum:faq_merge": ("stella", {"entry": str(site.entry.pk)}),
        "forum:faq_new": ("stella", entry),
        "forum:faq_objection": ("", {"verb": "object"}),
        "forum:faq_publish": ("stella", {}),
        "forum:faq_restore": ("stella", {}),
        "forum:faq_retire": ("stella", {}),
        "forum:faq_source_add": ("stella", {"question": site.question.public_id}),
        "forum:faq_source_remove": ("stella", {}),
        "forum:faq_submit": ("stella", {}),
        "forum:faq_translate": ("stella", {"begin": "1"}),
        "forum:faq_unmerge": ("stella", {}),
    }
