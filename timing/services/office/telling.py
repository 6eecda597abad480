"""Tells other systems of publications and changed results: signed, again and again until heard.

A post says what is new and where to read it; what comes meanwhile goes into the next one. Who was
told twice knows it by the same identity. Hidden events are told to nobody. Any number of processes
may tell: whoever claims an address posts to it.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from timing.core.clock import SECOND, Duration, Instant
from timing.services.house import House
from timing.services.office.webhooks import one
from timing.store import journal, publications, setup, webhooks
from timing.store.publications import Version
from timing.store.webhooks import HookRow, Sent

_PAUSE = 2 * SECOND  # between two posts to one address
_LONGEST_PAUSE = 600 * SECOND
_TIMEOUT = 10  # seconds
_CLAIM = 3 * _TIMEOUT * SECOND  # who claimed an address and died keeps it so long from the others


class Call(NamedTuple):
    """One post. headers: with the signature of the body. kind, identity: as the body says."""

    url: str
    headers: dict[str, str]
    body: bytes
    kind: str
    identity: str


class Answer(NamedTuple):
    """What came of a post. status: 0 where nobody answered; fault: "" where it was heard."""

    status: int
    fault: str


Post = Callable[[Call], int]
"""Sends a call and gives the status of the answer. Raises OSError when there is none."""


class Done(NamedTuple):
    """What one round came to."""

    sent: int
    failed: int


def signature(secret: str, at: Instant, body: bytes) -> str:
    """Sign a body: HMAC-SHA-256 over the moment, a full stop and the body."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"


def deliver(house: House, send: Post) -> Done:
    """Post once to everybody who is due and has not heard the newest."""
    with house.store.read() as tx:
        hooks = webhooks.list_hooks(tx)
    answers = [answer for hook in hooks if (answer := _tell(house, hook, send)) is not None]
    failed = sum(bool(each.fault) for each in answers)
    return Done(len(answers) - failed, failed)


def test(house: House, slug: str, number: int, send: Post) -> Answer:
    """Post to one address at once, with nothing new in it; changes nothing of what it was told.

    Raises Refusal for one that is not there, UnknownEventError.
    """
    hook, now = one(house, slug, number), house.clock()
    identity = f"{slug}-{number}-test-{now}"
    told = {"id": identity, "kind": "test", "event": slug, "seq": hook.seq, "publications": [],
            "read": _READ + slug}  # fmt: skip
    return _posted(house, hook, _signed(hook, told, now), send)


def keep_telling(house: House, send: Post, wait: Callable[[float], bool]) -> None:
    """Tell whoever is due, once a second. wait: seconds; true when it is over."""
    while not wait(1.0):
        try:
            deliver(house, send)
        except Exception:  # whatever it is, whoever waits for news is told a second later
            logging.getLogger(__name__).exception("webhooks were not told")


def _tell(house: House, hook: HookRow, send: Post) -> Answer | None:
    """Post to one address what it has not heard; None if it is not due, or somebody else does."""
    call, heard = _news(house, hook)
    if call is None:
        return None
    with house.store.write() as tx:
        if not webhooks.claim(tx, hook, Instant(house.clock() + _CLAIM)):
            return None
    answer = _posted(house, hook, call, send)
    now = house.clock()
    if answer.fault:
        pause = min(SECOND << min(hook.attempts + 1, 20), _LONGEST_PAUSE)
        heard = hook._replace(
            attempts=hook.attempts + 1, next_at=Instant(now + pause), told=answer.fault
        )
    else:
        heard = heard._replace(attempts=0, next_at=Instant(now + _PAUSE), told="")
    with house.store.write() as tx:
        webhooks.save_told(tx, heard)
    return answer


def _posted(house: House, hook: HookRow, call: Call, send: Post) -> Answer:
    """Send, and keep what came of it."""
    begun = house.clock()
    answer = _answer(send, call)
    sent = Sent(
        hook.event_id, hook.number, 0, call.identity, call.kind, begun,
        Duration(house.clock() - begun), answer.status, answer.fault,
    )  # fmt: skip
    with house.store.write() as tx:
        webhooks.note_sent(tx, sent)
    return answer


def _news(house: House, hook: HookRow) -> tuple[Call | None, HookRow]:
    """Give what an address has not heard, and the hook as it is once it has."""
    now = house.clock()
    if hook.next_at > now or hook.off_at is not None:
        return None, hook
    with house.store.read() as tx:
        event = setup.load_event_numbered(tx, hook.event_id)
        seq = journal.head(tx, hook.event_id).seq
        versions = publications.list_publications(tx, hook.event_id)
    if not event.public or (seq, len(versions)) == (hook.seq, hook.published):
        return None, hook
    heard = hook._replace(seq=seq, published=len(versions))
    told = _document(event.slug, heard, versions[hook.published :])
    return _signed(hook, told, now), heard


_READ = "/api/v1/events/"


def _signed(hook: HookRow, told: dict[str, Any], now: Instant) -> Call:
    body = msgspec.json.encode(told)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "timing-webhook/1",
        "X-Timing-Delivery": str(told["id"]),
        "X-Timing-Signature": signature(hook.secret, now, body),
    }
    return Call(hook.url, headers, body, str(told["kind"]), str(told["id"]))


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
        "read": _READ + slug,
    }  # fmt: skip


def _answer(send: Post, call: Call) -> Answer:
    """Send, and say in a sentence what went wrong; "" if nothing did."""
    try:
        status = send(call)
    except OSError as error:
        return Answer(0, f"no answer ({error})"[:200])
    heard = 200 <= status < 300
    return Answer(status, "" if heard else f"answered {status}; expected 200 to 299")


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
