"""One role's walk: from its first page along every link, and to every address that has a name."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.db import transaction
from django.test import Client

from tests.walk import answers
from tests.walk.addresses import kind_of
from tests.walk.answers import Answer
from tests.walk.asking import questions

LINKED = 2  # addresses of one kind that are followed: the same name, words and fields of a query
SEVERAL = 10  # addresses of one name that are followed
HTMX = {"HX-Request": "true"}
Step = tuple[str, bool]  # an address, and whether htmx asks for it


class Crawl:
    """Everything one client is answered."""

    def __init__(self, client: Client, filled: list[str]) -> None:
        self.client = client
        self.found: dict[str, Answer] = {}
        self._waiting: deque[Step] = deque([("/", False)])
        self._known: set[Step] = {("/", False), *((address, False) for address in filled)}
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._filled = filled

    def walk(self) -> dict[str, Answer]:
        """Addresses in the order in which they were asked, with their answers."""
        self._follow_all()
        for address in self._filled:
            self._waiting.append((address, False))
        self._follow_all()
        return self.found

    def _follow_all(self) -> None:
        while self._waiting:
            address, by_htmx = self._waiting.popleft()
            answer = self._ask(address, by_htmx)
            self.found[address + (" (htmx)" if by_htmx else "")] = answer
            for why, target, asks in self._ways(address, answer):
                self._consider(why, urljoin(address, target), asks)

    def _ask(self, address: str, by_htmx: bool) -> Answer:
        """Whatever reading writes is rolled back, so that no page tells of the walk itself."""
        with transaction.atomic():
            response = self.client.get(address, headers=HTMX if by_htmx else {})
            answer = answers.read(response)
            transaction.set_rollback(True)
        return answer

    def _ways(self, address: str, answer: Answer) -> Iterator[tuple[str, str, bool]]:
        if "Location" in answer.headers:
            yield "", answer.headers["Location"], False
        if answer.page is None:
            return
        for target, by_htmx in answer.page.links:
            yield "", target, by_htmx
        for form in answer.page.forms:
            path = urljoin(address, form.action or urlsplit(address).path).split("?")[0]
            for why, query in questions(form):
                yield f"form {why}", f"{path}?{query}" if query else path, False

    def _consider(self, why: str, address: str, by_htmx: bool) -> None:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return
        step = (f"{parts.path}?{parts.query}" if parts.query else parts.path, by_htmx)
        kind = kind_of(parts.path)
        if kind is None or step in self._known:
            return
        fields = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
        one, several = (*kind, why, str(by_htmx), *fields), ("", kind[0])
        if self._counts[one] < LINKED and self._counts[several] < SEVERAL:
            self._counts.update([one, several])
            self._known.add(step)
            self._waiting.append(step)
