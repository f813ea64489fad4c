"""The county's parameters are dated rows with a source; a later one wins from its day on."""

import re
from dataclasses import fields
from datetime import date

from foundation.accounts.actions import seed_parameters, set_parameter
from foundation.accounts.models import Parameter
from foundation.accounts.parameters import SPECS, Parameters, defaults
from foundation.accounts.querysets import parameters_on
from tests.architecture.sources import PRODUCT, ROOT
from tests.browsing import client_of, page
from tests.cast import Cast


def test_every_parameter_has_one_row_in_the_table_and_one_field() -> None:
    assert [spec.field for spec in SPECS] == [one.name for one in fields(Parameters)]
    assert len({spec.code for spec in SPECS}) == len(SPECS)


def test_a_county_that_set_nothing_has_the_defaults(cast: Cast) -> None:
    assert parameters_on(cast.county.pk, date(2025, 9, 12)) == defaults()


def test_a_value_is_in_force_from_its_day_on(cast: Cast) -> None:
    seed_parameters(cast.county, date(2024, 9, 1))
    set_parameter(cast.county, "P4", 5, date(2025, 10, 1), "县教发〔2025〕9号")
    assert parameters_on(cast.county.pk, date(2025, 9, 30)).persuade_days == 3
    assert parameters_on(cast.county.pk, date(2025, 10, 1)).persuade_days == 5


def test_seeding_twice_keeps_what_the_county_has_set(cast: Cast) -> None:
    day = date(2024, 9, 1)
    set_parameter(cast.county, "P5", 4, day, "县教发〔2024〕2号")
    seed_parameters(cast.county, day)
    seed_parameters(cast.county, day)
    assert Parameter.objects.filter(county=cast.county).count() == len(SPECS)
    assert parameters_on(cast.county.pk, day).village_days == 4


def test_everybody_reads_value_and_source(cast: Cast) -> None:
    seed_parameters(cast.county, date(2024, 9, 1))
    words = page(client_of(cast.person("village_cadre")).get("/parameters/"))
    assert "村（居）委会协助期限" in words
    assert "茂政发〔2023〕6号" in words
    assert "2024-09-01" in words


def test_the_page_shows_what_a_rule_reads_and_nothing_else() -> None:
    """A parameter that nothing reads would be a promise; P0 is read as a time of day."""
    table = ROOT / "foundation/accounts/parameters.py"
    product = (path for name in PRODUCT for path in (ROOT / name).rglob("*.py"))
    code = "".join(path.read_text(encoding="utf-8") for path in product if path != table)
    for spec in SPECS:
        name = "cutoff" if spec.field == "roll_cutoff" else spec.field
        assert spec.is_read == bool(re.search(rf"\.{name}\b|\"{name}\"", code)), spec.code
