"""Registers 文书台账 as a workbook with Django. Its table is in foundation/papers."""

from importlib import import_module

from django.apps import AppConfig


class PaperBooksConfig(AppConfig):
    """Names the app."""

    name = "reporting.papers"
    label = "paper_books"
    verbose_name = "文书台账"

    def ready(self) -> None:
        """Let the job of exports write the ledger, too."""
        import_module("reporting.papers.exporting").join()  # its models are there only now
