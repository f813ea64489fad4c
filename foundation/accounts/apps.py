"""Registers the app with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from foundation import statements
from foundation.accounts import keyrings
from foundation.accounts.history import unsilenced
from foundation.pages.formwords import speak_plainly


class AccountsConfig(AppConfig):
    """Names the app accounts; ``migrate`` looks at the keyring, and at the history's triggers."""

    name = "foundation.accounts"
    label = "accounts"
    verbose_name = "账号与单位"

    def ready(self) -> None:
        """Give all forms our words, and listen to connections and to ``migrate``."""
        speak_plainly()
        statements.listen()
        pre_migrate.connect(keyrings.refuse_another, sender=self)
        post_migrate.connect(keyrings.record, sender=self)
        post_migrate.connect(unsilenced.never_ignored, sender=self)
