"""What drafter and signer of a paper do on the pages, from the case to the signed paper."""

import re
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from cases.models import Case
from foundation.papers.models import Paper
from tests.browsing import client_of, page
from tests.cast import Cast


class PaperDesk:
    """One kind of paper of a case, at the unit of its drafter and its signer."""

    def __init__(self, cast: Cast, case: Case, kind: str, drafter: str, signer: str) -> None:
        self.cast, self.case, self.kind = cast, case, kind
        self.drafter, self.signer = drafter, signer

    @property
    def paper(self) -> Paper:
        """The newest of the kind."""
        rows = Paper.objects.about("case", self.case.pk).filter(kind=self.kind)
        newest: Paper = rows.select_related("unit")[0]
        return newest

    def at(self, name: str, *args: Any) -> str:
        """An address of the newest paper."""
        return reverse(f"papers:{name}", args=[self.paper.pk, *args])

    def case_page(self, role: str = "", *, there: bool = False) -> str:
        """The page of the case."""
        client = client_of(self.cast.person(role or self.drafter, there))
        return page(client.get(reverse("case", args=[self.case.number])))

    def menu(self, role: str = "") -> list[str]:
        """The titles under 写文书 on the page of the case, in their order."""
        found = re.search(r"写文书</summary>(.*?)</details>", self.case_page(role), re.S)
        return re.findall(r'class="btn"[^>]*>([^<]+)<', found[1]) if found else []

    def write(self, role: str = "", status: int = 302, *, there: bool = False) -> str:
        """A click in the menu. Returns where it leads, or what the page says."""
        client = client_of(self.cast.person(role or self.drafter, there))
        answer: Any = client.post(reverse("write_paper", args=[self.case.number, self.kind]))
        assert answer.status_code == status, answer.content.decode()[:2000]
        return str(answer["Location"]) if status == 302 else answer.content.decode()

    def refused(self, role: str = "") -> str:
        """What the page says to a click that is refused."""
        client = client_of(self.cast.person(role or self.drafter))
        sent = client.post(reverse("write_paper", args=[self.case.number, self.kind]), follow=True)
        assert sent.redirect_chain[-1][0] == reverse("case", args=[self.case.number])
        return page(sent)

    def read(self, role: str = "") -> str:
        """The page of the paper."""
        return page(client_of(self.cast.person(role or self.drafter)).get(self.at("paper")))

    def revise(self, **typed: str) -> HttpResponse:
        """Fill in by hand what the fields of these names say; the others stay."""
        client = client_of(self.cast.person(self.drafter))
        form = client.get(self.at("revise")).context["form"]
        sent = {key: typed.get(one.name, form[key].value()) for key, one in form.names.items()}
        answer: Any = client.post(self.at("revise"), sent)
        return answer

    def send(self) -> str:
        """送签; what the page says then."""
        client = client_of(self.cast.person(self.drafter))
        return page(client.post(self.at("send"), follow=True))

    def sign(self) -> str:
        """The signer reads the whole text and signs it; what the page says then."""
        client = client_of(self.cast.person(self.signer))
        seen = client.get(self.at("paper")).context["seen"]
        return page(client.post(self.at("sign"), {"seen": seen}, follow=True))

    def signed(self, **typed: str) -> "PaperDesk":
        """Drafted, filled in, sent and signed."""
        self.write()
        if typed:
            assert self.revise(**typed).status_code == 302
        self.send()
        self.sign()
        assert self.paper.number
        return self

    def printed(self) -> str:
        """The page that is printed."""
        client = client_of(self.cast.person(self.drafter))
        return page(client.post(reverse("papers:print"), {"pk": self.paper.pk}))
