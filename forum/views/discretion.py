"""Before something private is published: asked once, and then it is the writer's word that counts."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.digests import keyed_digest
from forum.middleware import company_of
from forum.models import Topic
from forum.permissions import is_staff
from forum.sensitive import Finding, Offer, found_in

# Characters of a digest: enough to tell the findings of one text apart.
_SHORT = 16
# Of what was shown to somebody already, in the hidden field of the form.
_MOST = 2_000


def private_offer(request: HttpRequest, topic: Topic, text: str, before: str = "") -> Offer | None:
    """What to ask before this is published; None when there is nothing, or nothing that was not asked about already.

    `before` is what is public already. The team knows what it publishes and is not asked.
    """
    if is_staff(request.user):
        return None
    company = company_of(request)
    known = {*shown_before(request).split("."), *(_digest(one) for one in found_in(before, company, topic))}
    new = [one for one in found_in(text, company, topic) if _digest(one) not in known]
    if not new:
        return None
    return Offer(new, Topic.objects.visible_to(request.user).taking_conversations().exists())


def offered(request: HttpRequest, offer: Offer | None) -> str:
    """For the hidden field: digests of all that this form has asked about, so that it asks about nothing twice.

    The form carries them itself: a double click has not seen the question yet, and asks it once more.
    """
    asked = [_digest(finding) for finding in offer.findings] if offer else []
    return ".".join(filter(None, [shown_before(request), *asked]))[:_MOST]


def shown_before(request: HttpRequest) -> str:
    return str(request.POST.get("offered", ""))[:_MOST]


def _digest(finding: Finding) -> str:
    return keyed_digest("private offer", finding.told_apart_by)[:_SHORT]
