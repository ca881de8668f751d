"""Entries that a decision removed know it themselves from now on."""

from django.db import migrations


def mark_removed(apps, schema_editor):
    decisions = apps.get_model("moderation", "Decision").objects.filter(target_kind="faq").order_by("decided_at", "pk")
    last = {decision.target_id: decision for decision in decisions}
    for entry in apps.get_model("forum", "FaqEntry").objects.filter(slug__in=last).exclude(retired_at=None):
        decision = last[entry.slug]
        if decision.verb == "hide":
            # The same instant on purpose: the decision had retired it, and with it that ends.
            entry.hidden_at = entry.retired_at
            entry.hidden_by, entry.hidden_by_name = decision.decided_by, decision.decided_by_name
            entry.hidden_rule, entry.hidden_reason = decision.rule, decision.reason
            entry.save()


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0005_faq_hidden'),
        ('moderation', '0001_initial'),
    ]

    operations = [migrations.RunPython(mark_removed, migrations.RunPython.noop)]
