"""The county's first page asks as many queries with few cases as with many."""

from datetime import date

from django.db import connection

from tests.browsing import client_of
from tests.desk.many import open_cases

DAY = date(2025, 9, 23)


def test_as_many_queries_with_thirty_cases_as_with_six_hundred(cast, on, count_queries) -> None:
    open_cases(cast, 30, DAY)
    on(DAY)
    client = client_of(cast.person("county_desk"))
    client.get("/")
    with count_queries(connection) as few:
        page = client.get("/").content.decode()
    assert "王0" in page
    open_cases(cast, 570, DAY, prefix="N")
    with count_queries(connection) as many:
        page = client.get("/").content.decode()
    assert "查看全部" in page
    assert len(few) == len(many)
