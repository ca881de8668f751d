from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "forum"
    verbose_name = _("Questions and answers")

    def ready(self) -> None:
        from forum.changes import install_after_migrations

        post_migrate.connect(install_after_migrations, sender=self)
