"""Registers 操作记录 with Django. Its table is in foundation/accounts."""

from importlib import import_module

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Names the app."""

    name = "kongchuo.setup.audit"
    label = "audit"
    verbose_name = "操作记录"

    def ready(self) -> None:
        """Let the job of exports write the audit, too."""
        import_module("kongchuo.setup.audit.exporting").join()  # its models are there only now
