"""2,400 hostile and odd files (S45): none may crash the parent; the outcomes are printed."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.roster.hostile import hostile
from tests.roster.test_hostile_files import outcome

FILES = 2_400


def test_2400_hostile_files_end_in_a_sheet_or_in_words() -> None:
    with ThreadPoolExecutor(2) as pool:
        ends = Counter(pool.map(lambda file: outcome(file[1]), hostile(45, FILES)))
    print()
    for words, count in ends.most_common():
        print(f"{count:5}  {words}")
    assert ends.total() == FILES
    assert ends["read"] < FILES
