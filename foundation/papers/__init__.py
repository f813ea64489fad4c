"""Numbered papers: their texts, their life, and their print.

The engine knows nothing of children or cases. A storey above registers its kinds at the start
(``AppConfig.ready`` imports the module that does), and calls the acts::

    from foundation.papers.kinds import PaperKind, register
    from foundation.papers.rules.merging import MergeField, PaperWords

    ORDER = register(
        PaperKind(
            code="order",
            title="限期复学通知书",
            series="限",                                # 东政限〔2026〕1号
            fields=(MergeField("监护人姓名", "张某某", required=True), ...),
            words=PaperWords(title="责令限期……通知书", addressee="{监护人姓名}",
                             body="一行一段……{限期日}……"),
            drafters=TOWNSHIP_DRAFTS,
            signers=TOWNSHIP_SIGNS,
            recipient="监护人姓名",                      # 受送达人; "" where it is not served
            stub=("监护人姓名", "学生姓名"),              # rows of the 存根; () for none
            allows=lambda doer, paper: "",              # why not, in Chinese (P7)
            follows=lambda doer, paper, move: None,     # same transaction; move.move is a Move
            children=lambda papers: [child_id, ...],    # for the audit, one query
            subjects=lambda papers: {paper.pk: "张小明", ...},   # of whom, for the ledger
            receivers=lambda paper: ["张某某"],          # who may sign for it: the guardians
            url=lambda paper: "/cases/1/",
            addressees=lambda paper: [village],        # units that sign for it once it is signed
        )
    )

    from foundation.papers import acts as papers

    paper = papers.draft(doer, "order", township, papers.About("case", str(case.pk)), values)
    paper = papers.send_to_sign(doer, paper)            # allows() is asked here and on signing
    paper = papers.look(doer, paper)                    # the signer has the text before him
    paper = papers.sign(doer, paper)                    # number, frozen text; raises Refused
    signed = papers.sign_many(doer, [paper])            # .papers, .skipped [(paper, words)]
    paper = papers.send_back(doer, paper, reason)
    papers.print_papers(doer, [paper])
    paper = papers.serve(doer, paper, ServiceEntry(...), proofs)    # rules/service.py
    paper = papers.correct_service(doer, paper, entry, reason, proofs)
    paper = papers.perform(doer, paper, day)
    paper = papers.void(doer, paper, reason)            # number stays
    paper = papers.receive(doer, paper)                 # 签收, by a post of an addressed unit
    paper = papers.take_back_receipt(doer, paper, reason)

Hundreds at once, such as the notices of a list (acts/batches.py, acts/handing.py)::

    rows = [Drawn(about, values, desk_id), ...]
    batch = draw_up(doer, "entry_notice", township, "2026年入学通知书", rows)
    job = order_signing(doer, batch, seen)              # one press: the job signs each in order
    hand_out(doer, papers, day, {paper.pk: "王父"})      # against the 回执 of a paper on one page

Every act takes a Doer without a chosen post, chooses it, locks the paper, and returns it fresh.
Each raises PermissionDenied, or Refused with words for the page. An act of a storey that also
locks rows of its own calls the act of the engine first and does its own in ``follows``, so that
locks are taken in one order: the paper, then what it is about.

``Paper.objects.about("case", case.pk)`` are the papers about a row, ``paper.values`` the values,
``paper.services.first()`` the service that counts, ``reading.sheet_of(paper, day, qr)`` what is
printed. ``paper.sendings`` are the units it was sent to, each with its receipt.
"""
