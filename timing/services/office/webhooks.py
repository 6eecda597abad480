"""The addresses of other systems that are told of publications and changed results."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from timing.core.refusal import Refusal, refused
from timing.services.house import House
from timing.store import journal, publications, setup, webhooks
from timing.store.webhooks import HookRow, Sent

__all__ = ["HookRow", "Sent", "add", "listed", "one", "posts", "remove", "switch"]


def add(house: House, slug: str, url: str, author: str) -> HookRow:
    """Tell an address from now on; the secret in the answer is for its owner.

    Raises Refusal for what is no web address, UnknownEventError.
    """
    there = urlsplit(url)
    if there.scheme not in ("http", "https") or not there.hostname or len(url) > 500:
        raise refused(
            "webhook-address",
            "{url!r} is no address to post to; expected https://host/path",
            url=url[:80],
        )
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        seq, published = journal.head(tx, event).seq, len(publications.list_publications(tx, event))
        secret = secrets.token_urlsafe(24)
        hook = HookRow(event, 0, url, secret, author, house.clock(), seq, published)
        return webhooks.add_hook(tx, hook)


def listed(house: House, slug: str) -> list[HookRow]:
    """Give the addresses of an event. Raises UnknownEventError."""
    with house.store.read() as tx:
        return webhooks.list_hooks(tx, setup.event_number(tx, slug))


def posts(house: House, slug: str) -> list[Sent]:
    """Give the last posts of an event with their answers, the newest first.

    Raises UnknownEventError.
    """
    with house.store.read() as tx:
        return webhooks.list_sent(tx, setup.event_number(tx, slug))


def switch(house: House, slug: str, number: int, *, on: bool) -> None:
    """Tell an address no longer, or again at once with all that came meanwhile.

    Raises Refusal for one that is not there, UnknownEventError.
    """
    with house.store.write() as tx:
        off_at = None if on else house.clock()
        if not webhooks.switch(tx, setup.event_number(tx, slug), number, off_at):
            raise _unknown(number)


def remove(house: House, slug: str, number: int) -> None:
    """Tell an address no longer, and forget its posts.

    Raises Refusal for one that is not there, UnknownEventError.
    """
    with house.store.write() as tx:
        if not webhooks.remove_hook(tx, setup.event_number(tx, slug), number):
            raise _unknown(number)


def one(house: House, slug: str, number: int) -> HookRow:
    """Give the address of a number. Raises Refusal for one that is not there, UnknownEventError."""
    found = next((each for each in listed(house, slug) if each.number == number), None)
    if found is None:
        raise _unknown(number)
    return found


def _unknown(number: int) -> Refusal:
    return refused(
        "webhook-unknown",
        "there is no webhook {number}; expected one of those that are listed",
        number=number,
    )
