"""Who is told of a paper's way: the signers that one waits, the drafter that it came back."""

from django.urls import reverse

from foundation.accounts.doer import Doer
from foundation.accounts.querysets import posts_on
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from foundation.papers.models import Paper, PaperMove


def tell_signers(doer: Doer, paper: Paper, row: PaperMove) -> None:
    """A letter to each post of the unit that signs such papers."""
    posts = posts_on(doer.today).filter(unit_id=paper.unit_id, role__in=paper.definition.signers)
    letters = [
        _letter(doer, paper, row, f"{paper.title}待签发", reverse("papers:queue"), post.pk)
        for post in posts
    ]
    post_letters(letters, doer.today)


def tell_drafter(doer: Doer, paper: Paper, row: PaperMove, title: str) -> None:
    """A letter to the post that drafted the paper."""
    url = reverse("papers:paper", args=[paper.pk])
    post_letters([_letter(doer, paper, row, title, url, paper.drafted_by_id)], doer.today)


def tell_addressees(doer: Doer, paper: Paper, row: PaperMove, title: str) -> None:
    """A letter to each unit to which the paper was sent."""
    url = reverse("papers:paper", args=[paper.pk])
    letters = [
        Letter(
            key=f"paper:{row.uuid}:to:{sending.to_unit_id}",
            to_unit_id=sending.to_unit_id,
            title=title,
            body=f"{paper.unit.name}，{paper.number}",
            url=url,
            occurred_on=doer.today,
            level=Message.WARN,
        )
        for sending in paper.sendings.all()
    ]
    post_letters(letters, doer.today)


def _letter(doer: Doer, paper: Paper, row: PaperMove, title: str, url: str, post_id: int) -> Letter:
    """It quotes nobody: what the paper says stands on the page behind it."""
    return Letter(
        key=f"paper:{row.uuid}:{post_id}",
        to_unit_id=paper.unit_id,
        to_post_id=post_id,
        title=title,
        body="",
        url=url,
        occurred_on=doer.today,
        level=Message.WARN,
    )
