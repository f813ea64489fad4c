"""What the README and the manual say in tables is what the code does."""

from pathlib import Path

import pytest

from kongchuo.readme import DOCUMENTS, TABLES, drawn


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_a_document_shows_the_tables_as_the_code_has_them(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert drawn(text) == text, "run: python -m kongchuo.readme"


def test_every_table_has_its_place_in_a_document() -> None:
    for document, names in DOCUMENTS.items():
        text = document.read_text(encoding="utf-8")
        assert all(f"<!-- table:{name} -->" in text for name in names)
    assert {name for names in DOCUMENTS.values() for name in names} == TABLES.keys()
