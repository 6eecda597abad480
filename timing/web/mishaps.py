"""What a reader is told when something goes wrong: titles and sentences by status and by code."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from timing.core.refusal import Refusal
from timing.web.language import all_said

TITLES: Mapping[int, str] = {
    400: _l("That request makes no sense"),
    401: _l("Please sign in"),
    403: _l("Not allowed"),
    404: _l("Not found"),
    405: _l("Not possible here"),
    413: _l("Too large"),
    422: _l("That was refused"),
    429: _l("Too many requests"),
    500: _l("Something went wrong"),
}
"""Title of the page by status."""

SENTENCES: Mapping[int, str] = {
    404: _l("There is no page at this address. Perhaps it was mistyped, or the page is gone."),
    405: _l("This address cannot be used in that way."),
    413: _l("What was sent is too large."),
    500: _l("The fault is on our side and has been noted. Please try again."),
}
"""What is said where nobody has said anything more exact."""

REFUSALS: Mapping[str, str] = {
    "link-unknown": _l("This link is not one of ours; ask for a new one."),
    "link-revoked": _l("This link was closed by the race office."),
    "link-expired": _l("This link has ended; ask for a new one."),
    "event-unknown": _l("There is no such event here."),
    "nothing-to-print": _l("There is nothing to print yet."),
    "cannot-print": _l("This sheet cannot be drawn."),
}
"""Sentence of a refusal that a reader of public pages can meet, by the code of its problem."""


def title_of(error: HTTPException) -> str:
    """Give the title of a page for an error."""
    return str(TITLES.get(error.code or 500, error.name))


def sentence_of(error: HTTPException) -> str:
    """Give what the view has said, else the sentence for the status."""
    own = error.description
    if own and own != type(error).description:
        return str(own)
    return str(SENTENCES.get(error.code or 500, own or ""))


def refusal_of(error: Refusal) -> str:
    """Give the sentence of a refusal in the reader's language."""
    return str(REFUSALS.get(error.problems[0].code) or "\n".join(all_said(error)))


def told_to_programs(error: Refusal) -> str:
    """Give the sentence of a refusal for a program and its log: in English."""
    return str(REFUSALS.get(error.problems[0].code) or error)
