"""Who is told of a paper's way: the signers that one waits, the drafter that it came back."""

from dataclasses import replace

from django.urls import reverse

from foundation.accounts.doer import Doer
from foundation.accounts.querysets import posts_on
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from foundation.papers.kinds import kind_of
from foundation.papers.models import Paper, PaperBatch, PaperMove


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
    letter = _letter(doer, paper, row, title, url, paper.drafted_by_id)
    post_letters([replace(letter, to_unit_id=paper.drafted_by.unit_id)], doer.today)


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


def tell_signers_of_list(doer: Doer, batch: PaperBatch, count: int) -> None:
    """One letter to each post that signs the papers of a list, however many they are."""
    roles = kind_of(batch.kind).signers
    posts = posts_on(doer.today).filter(unit_id=batch.unit_id, role__in=roles)
    url = reverse("papers:batch", args=[batch.pk])
    title = f"{batch.title}{count}份待签发"
    letters = [_of_list(doer, batch, "sent", title, url, post.pk, post.unit_id) for post in posts]
    post_letters(letters, doer.today)


def tell_drafter_of_list(doer: Doer, batch: PaperBatch, count: int, reason: str) -> None:
    """A letter to who drew the list up that it came back."""
    url = reverse("papers:batch", args=[batch.pk])
    title = f"{batch.title}{count}份被退回"
    post = batch.drafted_by
    letter = _of_list(doer, batch, f"back:{doer.now}", title, url, post.pk, post.unit_id)
    post_letters([letter], doer.today)


def _of_list(
    doer: Doer, batch: PaperBatch, what: str, title: str, url: str, post_id: int, unit_id: int
) -> Letter:
    return Letter(
        key=f"paper_batch:{batch.pk}:{what}:{post_id}",
        to_unit_id=unit_id,
        to_post_id=post_id,
        title=title,
        body="",
        url=url,
        occurred_on=doer.today,
        level=Message.WARN,
    )


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
