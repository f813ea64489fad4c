"""While the database takes one thing, a thread makes the next."""

import threading
from collections.abc import Iterator

import pytest

from foundation.bulk import ahead


def test_the_items_come_whole_and_in_their_order():
    assert list(ahead(iter([]))) == []
    assert list(ahead(n for n in range(100))) == list(range(100))


def test_the_next_one_is_being_made_while_one_is_used():
    made = [threading.Event() for _ in range(3)]

    def making() -> Iterator[int]:
        for n, event in enumerate(made):
            event.set()
            yield n

    for n in ahead(making()):
        if n + 1 < len(made):
            assert made[n + 1].wait(timeout=30)


def test_none_is_an_item_like_any_other():
    assert list(ahead(iter([None, 0, None]))) == [None, 0, None]


def test_an_error_in_the_making_is_raised_to_who_uses_them():
    def making() -> Iterator[int]:
        yield 1
        raise LookupError("the second")

    items = ahead(making())
    assert next(items) == 1
    with pytest.raises(LookupError, match="the second"):
        next(items)


def test_who_stops_early_leaves_no_thread_behind():
    before = threading.active_count()
    items = ahead(iter(range(10)))
    assert next(items) == 0
    items.close()
    assert threading.active_count() == before
