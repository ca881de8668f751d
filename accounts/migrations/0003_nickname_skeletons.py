"""What the nicknames there are look like. Of two that look alike the elder account keeps its claim."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

from accounts.confusables import skeleton

BATCH = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    users = apps.get_model("accounts", "User").objects.using(schema_editor.connection.alias)
    claimed = set(users.exclude(nickname_skeleton=None).values_list("nickname_skeleton", flat=True))
    for batch in batches(users):
        for user in batch:
            look = skeleton(user.nickname)
            user.nickname_skeleton = None if look in claimed else look
            claimed.add(look)
        users.bulk_update(batch, ["nickname_skeleton"])


def batches(users: Any) -> Iterator[list[Any]]:
    """In the order in which the accounts were made."""
    last = 0
    while batch := list(users.filter(pk__gt=last, nickname_skeleton=None).only("nickname").order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_names")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
