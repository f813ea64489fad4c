"""The acts on papers, the only code that writes them."""

from foundation.accounts.actions import Refused
from foundation.papers.acts.drafting import (
    About,
    draft,
    drop,
    look,
    recall,
    revise,
    send_to_sign,
)
from foundation.papers.acts.receiving import receive, refuse, take_back_receipt
from foundation.papers.acts.replying import correct_reply, enter_reply, take_back_reply
from foundation.papers.acts.scanning import keep_scan
from foundation.papers.acts.serving import correct_service, perform, reopen, serve
from foundation.papers.acts.signing import Signed, print_papers, send_back, sign, sign_many, void

__all__ = [
    "About",
    "Refused",
    "Signed",
    "correct_reply",
    "correct_service",
    "draft",
    "drop",
    "enter_reply",
    "keep_scan",
    "look",
    "perform",
    "print_papers",
    "recall",
    "receive",
    "refuse",
    "reopen",
    "revise",
    "send_back",
    "send_to_sign",
    "serve",
    "sign",
    "sign_many",
    "take_back_receipt",
    "take_back_reply",
    "void",
]
