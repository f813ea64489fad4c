"""What the README says is what the code does."""

from kongchuo.readme import README, TABLES, drawn


def test_the_readme_shows_the_tables_as_the_code_has_them() -> None:
    text = README.read_text(encoding="utf-8")
    assert drawn(text) == text, "run: python -m kongchuo.readme"


def test_every_table_has_its_place_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert all(f"<!-- table:{name} -->" in text for name in TABLES)
