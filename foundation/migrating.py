"""An operation for migrations that creates many tables at once."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory

from foundation.grants import settle


class CreateModels(Operation):
    """Creates the tables of these models, with their indexes, constraints and triggers.

    After a ``CreateModel`` the framework builds the classes of all related models again, and here
    nearly every model is related to every other: that is most of the time of a first ``migrate``.
    This operation builds the classes of the new models only. The framework builds the others again
    before it shows them to Python code (``is_delayed``).
    The models may refer to each other in any order, as foreign keys are made last.
    """

    category = OperationCategory.ADDITION

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add all models to the state, then build their classes."""
        classes = state.__dict__.pop("apps", None)  # without them no class is built
        for model in self.models:
            model.state_forwards(app_label, state)
        if classes is not None:
            state.apps = classes
            classes.render_multiple([state.models[app_label, m.name_lower] for m in self.models])
            state.is_delayed = True

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Create the tables in the order of the models."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Drop the tables, the last one first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Name the models in the output of ``migrate --plan``."""
        return "Create models " + ", ".join(model.name for model in self.models)


class RunOnDatabase(Operation):
    """Runs a function with the schema editor; the models stay as they are.

    ``RunPython`` would build the classes of all models for it, and no function of ours asks for
    them. Going back does nothing.
    """

    category = OperationCategory.PYTHON

    def __init__(self, code: Callable[[Any], None]) -> None:
        self.code = code

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing changes."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Run the function, so that the tables may be altered after it."""
        self.code(schema_editor)
        if schema_editor.connection.in_atomic_block:
            with schema_editor.connection.cursor() as cursor:
                settle(cursor)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Leave the rows as they are."""

    def describe(self) -> str:
        """Name the function in the output of ``migrate --plan``."""
        return f"Run {self.code.__name__}"
