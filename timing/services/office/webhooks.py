"""Tells other systems of publications and changed results: signed, again and again until heard.

A post says what is new and where to read it; what comes meanwhile goes into the next one. Who was
told twice knows it by the same identity. Hidden events are told to nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from timing.core.clock import SECOND, Instant
from timing.core.refusal import Problem, Refusal
from timing.services.house import House
from timing.store import journal, publications, setup, webhooks
from timing.store.publications import Version
from timing.store.webhooks import HookRow

__all__ = ["Call", "HookRow", "add", "deliver", "listed", "post", "remove", "signature"]

_PAUSE = 2 * SECOND  # between two posts to one address
_LONGEST_PAUSE = 600 * SECOND
_TIMEOUT = 10  # seconds


class Call(NamedTuple):
    """One post. headers: with the signature of the body."""

    url: str
    headers: dict[str, str]
    body: bytes


Post = Callable[[Call], int]
"""Sends a call and gives the status of the answer. Raises OSError when there is none."""


class Done(NamedTuple):
    """What one round came to."""

    sent: int
    failed: int


def add(house: House, slug: str, url: str, author: str) -> HookRow:
    """Tell an address from now on; the secret in the answer is for its owner.

    Raises Refusal for what is no web address, UnknownEventError.
    """
    there = urlsplit(url)
    if there.scheme not in ("http", "https") or not there.hostname or len(url) > 500:
        sentence = f"{url[:80]!r} is no address to post to; expected https://host/path"
        raise Refusal(Problem("webhook-address", sentence))
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


def remove(house: House, slug: str, number: int) -> None:
    """Tell an address no longer. Raises Refusal for one that is not there, UnknownEventError."""
    with house.store.write() as tx:
        if not webhooks.remove_hook(tx, setup.event_number(tx, slug), number):
            sentence = f"there is no webhook {number}; expected one of those that are listed"
            raise Refusal(Problem("webhook-unknown", sentence))


def signature(secret: str, at: Instant, body: bytes) -> str:
    """Sign a body: HMAC-SHA-256 over the moment, a full stop and the body."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"


def deliver(house: House, send: Post) -> Done:
    """Post once to everybody who is due and has not heard the newest."""
    sent = failed = 0
    with house.store.read() as tx:
        hooks = webhooks.list_hooks(tx)
    for hook in hooks:
        call, heard = _news(house, hook)
        if call is None:
            continue
        fault = _fault(send, call)
        now = house.clock()
        if fault:
            failed += 1
            pause = min(SECOND << min(hook.attempts + 1, 20), _LONGEST_PAUSE)
            heard = hook._replace(
                attempts=hook.attempts + 1, next_at=Instant(now + pause), told=fault
            )
        else:
            sent += 1
            heard = heard._replace(attempts=0, next_at=Instant(now + _PAUSE), told="")
        with house.store.write() as tx:
            webhooks.save_told(tx, heard)
    return Done(sent, failed)


def _news(house: House, hook: HookRow) -> tuple[Call | None, HookRow]:
    """Give what an address has not heard, and the hook as it is once it has."""
    now = house.clock()
    if hook.next_at > now:
        return None, hook
    with house.store.read() as tx:
        event = setup.load_event_numbered(tx, hook.event_id)
        seq = journal.head(tx, hook.event_id).seq
        versions = publications.list_publications(tx, hook.event_id)
    if not event.public or (seq, len(versions)) == (hook.seq, hook.published):
        return None, hook
    heard = hook._replace(seq=seq, published=len(versions))
    told = _document(event.slug, heard, versions[hook.published :])
    body = msgspec.json.encode(told)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "timing-webhook/1",
        "X-Timing-Delivery": str(told["id"]),
        "X-Timing-Signature": signature(hook.secret, now, body),
    }
    return Call(hook.url, headers, body), heard


def _document(slug: str, heard: HookRow, new: list[Version]) -> dict[str, Any]:
    return {
        "id": f"{slug}-{heard.number}-{heard.seq}-{heard.published}",
        "kind": "publication" if new else "results",
        "event": slug,
        "seq": heard.seq,
        "publications": [
            {"contest": each.contest, "version": each.version, "state": each.state.value,
             "note": each.note}
            for each in new
        ],
        "read": f"/api/v1/events/{slug}",
    }  # fmt: skip


def _fault(send: Post, call: Call) -> str:
    """Send, and say in a sentence what went wrong; "" if nothing did."""
    try:
        status = send(call)
    except OSError as error:
        return f"no answer ({error})"[:200]
    return "" if 200 <= status < 300 else f"answered {status}; expected 200 to 299"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nobody: an address that moved is told in the fault."""

    def redirect_request(self, *_words: Any, **_more: Any) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def post(call: Call) -> int:
    """Send a call over the network. Raises OSError when there is no answer in time."""
    request = urllib.request.Request(call.url, call.body, call.headers, method="POST")  # noqa: S310 - checked when it was added
    try:
        with _opener.open(request, timeout=_TIMEOUT) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code
