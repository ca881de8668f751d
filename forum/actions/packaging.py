"""Short links for packages: what is printed once is in people's kitchens for years."""

from __future__ import annotations

from django.db import transaction

from forum.models import Topic
from forum.models.identifiers import new_code


@transaction.atomic
def give_codes() -> None:
    """Each topic without a short link gets one; none that was given is ever changed."""
    for topic in Topic.objects.filter(code=None).order_by("pk").select_for_update(no_key=True):
        Topic.objects.filter(pk=topic.pk, code=None).update(code=_free_code())


def _free_code() -> str:
    code = new_code()
    while Topic.objects.filter(code=code).exists():
        code = new_code()
    return code
