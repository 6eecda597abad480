"""Questions of runners about their results: asked on the page, answered at the officials' desk."""

from __future__ import annotations

from timing.core.clock import HOUR, MINUTE
from timing.core.refusal import refused
from timing.core.sentence import worded
from timing.services.house import House, UnknownEventError
from timing.store import enquiries, setup
from timing.store.connect import Tx
from timing.store.enquiries import Enquiry

__all__ = ["Enquiry", "answer", "ask", "everything", "one"]

LONGEST, LONGEST_CONTACT = 1000, 120
"""Characters of a question, and of an address to write to."""
_OPEN_FOR_A_BIB = 3
_IN_A_MINUTE, _IN_AN_HOUR = 20, 200  # from everybody together


def ask(house: House, slug: str, bib: str, text: str, contact: str = "") -> Enquiry:
    """Keep a question about the wearer of a bib; returns it with its number.

    Raises Refusal: nothing asked, too long, or too many questions; UnknownEventError.
    """
    _check(text, contact)
    wearer = _wearer(house, slug, bib)
    with house.store.write() as tx:
        event = _event(tx, slug)
        _not_too_many(house, enquiries.list_enquiries(tx, event), bib)
        asked = Enquiry(0, wearer, bib, text.strip(), contact.strip(), house.clock())
        return enquiries.ask(tx, event, asked)


def answer(house: House, slug: str, number: int, text: str, author: str) -> bool:
    """Answer a question, or answer it anew; False if there is no such question.

    Raises Refusal (an empty answer) and UnknownEventError.
    """
    if not text.strip():
        raise refused("enquiry-empty", "the answer is empty; expected a sentence")
    with house.store.write() as tx:
        event = _event(tx, slug)
        return enquiries.answer(tx, event, number, text.strip(), house.clock(), author)


def everything(house: House, slug: str, *, only_open: bool = False) -> list[Enquiry]:
    """All questions of an event in the order in which they came. Raises UnknownEventError."""
    with house.store.read() as tx:
        return enquiries.list_enquiries(tx, _event(tx, slug), only_open=only_open)


def one(house: House, slug: str, number: int) -> Enquiry | None:
    """The question of this number. Raises UnknownEventError."""
    return next((each for each in everything(house, slug) if each.number == number), None)


def _check(text: str, contact: str) -> None:
    if not text.strip():
        raise refused("enquiry-empty", "nothing was asked; expected a sentence")
    for what, given, most in (
        (worded("question"), text, LONGEST),
        (worded("contact"), contact, LONGEST_CONTACT),
    ):
        if len(given) > most:
            raise refused(
                "enquiry-long",
                "the {what} has {count} characters; expected at most {most}",
                what=what,
                count=len(given),
                most=most,
            )


def _wearer(house: House, slug: str, bib: str) -> int | None:
    snapshot = house.live.snapshot(slug)
    if snapshot is None:
        raise UnknownEventError(slug)
    rows = (row for each in snapshot.standings.values() for row in each.rows)
    return next((row.entry.id for row in rows if row.bib == bib), None)


def _not_too_many(house: House, asked: list[Enquiry], bib: str) -> None:
    """One runner cannot fill the desk, and nobody can flood it."""
    now = house.clock()
    waiting = [each for each in asked if each.bib == bib and each.answered_at is None]
    if len(waiting) >= _OPEN_FOR_A_BIB:
        numbers = ", ".join(str(each.number) for each in waiting)
        raise refused(
            "enquiry-many",
            "{count} questions about bib {bib} are open already (number {numbers}); expected to "
            "wait for an answer",
            count=len(waiting),
            bib=bib,
            numbers=numbers,
        )
    for span, most in ((MINUTE, _IN_A_MINUTE), (HOUR, _IN_AN_HOUR)):
        if sum(each.sent_at > now - span for each in asked) >= most:
            raise refused(
                "enquiry-flood", "too many questions are coming in just now; please try again later"
            )


def _event(tx: Tx, slug: str) -> int:
    event = setup.find_event(tx, slug)
    if event is None:
        raise UnknownEventError(slug)
    return event
