"""API v1: what is public, for other programs. The views only look; every answer is a document."""

from __future__ import annotations

import base64
import binascii
from typing import NoReturn

import msgspec
from flask import Blueprint, Response, abort
from flask_babel import gettext as _

from timing.core.setup.event import Contest
from timing.core.telling.choosing import Choice
from timing.files.feeds.public_tables import entrants_csv, medals_csv
from timing.files.feeds.results_out import results_csv
from timing.services.live import Snapshot
from timing.services.public import honours, recordbook, results, runners, shown
from timing.services.publications import excerpts, exchange, publishing
from timing.services.publications.excerpts import Excerpt, Wish
from timing.web.api import document, filling as fill, words
from timing.web.api.operations import (
    BASE,
    ChangesQuery,
    EntriesQuery,
    Query,
    StandingsQuery,
    offer,
)
from timing.web.pages import the_house

desk = Blueprint("api", __name__)
_MEDIA = tuple(
    dict.fromkeys(
        exchange.RESULT_FORMATS[name].media.partition(";")[0] for name in exchange.PUBLIC_FORMATS
    )
)
_CHOICE = ("sex", "category", "club", "delegation", "heat", "state")


@desk.get(f"{BASE}/openapi.json")
def description() -> Response:
    """Describe this API (OpenAPI 3.1)."""
    return Response(msgspec.json.encode(document.openapi()), mimetype="application/json")


@offer(desk, "/events", words.EventList)
def events(_query: Query) -> words.EventList:
    """List the events, the newest first."""
    return words.EventList(events=[fill.brief(each) for each in results.events(the_house())])


@offer(desk, "/events/{event}", words.EventDocument)
def event(_query: Query, event: str) -> words.EventDocument:
    """Show an event with the state of its contests."""
    snapshot = _snapshot(event)
    page = results.event_page(the_house(), event) or _no_event(event)
    feeds = [f"{BASE}/events/{event}/results.{name}" for name in exchange.PUBLIC_FORMATS]
    return fill.event_document(page, snapshot.seq, feeds)


@offer(desk, "/events/{event}/contests", words.ContestList)
def contests(_query: Query, event: str) -> words.ContestList:
    """List the contests of an event with the state of their rounds."""
    page = results.event_page(the_house(), event) or _no_event(event)
    listed = [fill.contest_info(page.event, card) for card in page.contests]
    return words.ContestList(event=event, contests=listed)


@offer(desk, "/events/{event}/position", words.Position)
def position(_query: Query, event: str) -> words.Position:
    """Tell how far the journal is, and when anything changed last."""
    now = _snapshot(event)
    return words.Position(
        event=event, seq=now.seq, setup=now.setup, changed_us=now.changed,
        last_finish_us=now.last_finish,
    )  # fmt: skip


@offer(
    desk, "/events/{event}/contests/{contest}/standings", words.StandingsPage, query=StandingsQuery
)
def standings(query: StandingsQuery, event: str, contest: str) -> words.StandingsPage:
    """Give the result list of a round in parts; without a round the last that has begun."""
    part = _part(query, event, contest)
    one = part.standings
    return words.StandingsPage(
        event=event, contest=contest, round=one.round, seq=one.seq, found=part.found,
        next=None if part.following is None
        else _cursor(f"{contest}/{one.round}", part.following),
        called_off=fill.called_off(_snapshot(event).event, contest),
        rows=[
            fill.standing_row(one.contest, row, place, part.marks.get(row.entry.id, ()))
            for place, row in part.rows
        ],
    )  # fmt: skip


@offer(
    desk, "/events/{event}/contests/{contest}/standings.csv", None, query=StandingsQuery,
    media=("text/csv",),
)  # fmt: skip
def standings_csv(query: StandingsQuery, event: str, contest: str) -> Response:
    """Give the same part of a result list as a table."""
    part = _part(query, event, contest)
    shown_rows = part.standings._replace(rows=tuple(row for _place, row in part.rows))
    return _table(results_csv([shown_rows]), f"{event}-{contest}.csv")


@offer(desk, "/events/{event}/runners/{bib}", words.RunnerDocument)
def runner(_query: Query, event: str, bib: str) -> words.RunnerDocument:
    """Show the wearer of a bib: all starts with the passings and the place at each."""
    _snapshot(event)
    page = runners.runner(the_house(), event, bib)
    if page is None:
        abort(404, _("Nobody wears bib %(bib)s at this event.", bib=bib[:20]))
    at = excerpts.positions(the_house(), _snapshot(event))
    return fill.runner_document(page, at)


@offer(desk, "/events/{event}/entries", words.EntrantPage, query=EntriesQuery)
def entries(query: EntriesQuery, event: str) -> words.EntrantPage:
    """List who is entered, with the start lists, in parts."""
    after = _after(query.cursor, f"entries/{query.contest}")
    part = _entrants(query, event, after, query.limit)
    end = after + query.limit
    more = _cursor(f"entries/{query.contest}", end) if end < part.found else None
    rows = [fill.entrant_row(one) for one in part.listed]
    return words.EntrantPage(event=event, found=part.found, next=more, entries=rows)


@offer(desk, "/events/{event}/entries.csv", None, query=EntriesQuery, media=("text/csv",))
def entries_csv(query: EntriesQuery, event: str) -> Response:
    """Give the entries as one table; cursor and limit do nothing here."""
    rows = [fill.entrant_row(one) for one in _entrants(query, event).listed]
    return _table(entrants_csv(msgspec.structs.asdict(row) for row in rows), f"{event}-entries.csv")


@offer(desk, "/events/{event}/medals", words.MedalTable)
def medals(_query: Query, event: str) -> words.MedalTable:
    """Count the medals of the delegations over the contests that are decided."""
    return fill.medal_table(honours.medals(the_house(), event) or _no_event(event))


@offer(desk, "/events/{event}/medals.csv", None, media=("text/csv",))
def medal_csv(_query: Query, event: str) -> Response:
    """Give the medal table as a table."""
    page = honours.medals(the_house(), event) or _no_event(event)
    return _table(medals_csv(page.table), f"{event}-medals.csv")


@offer(desk, "/events/{event}/records", words.RecordDocument)
def records(_query: Query, event: str) -> words.RecordDocument:
    """Show the records that matter at the event, and who attacks them."""
    return fill.record_document(recordbook.record_page(the_house(), event) or _no_event(event))


@offer(desk, "/events/{event}/publications", words.VersionList)
def publications(_query: Query, event: str) -> words.VersionList:
    """List what was published, the oldest first."""
    _snapshot(event)
    listed = [fill.version_info(each) for each in publishing.versions(the_house(), event)]
    return words.VersionList(event=event, publications=listed)


@offer(desk, "/events/{event}/contests/{contest}/publications/{version}", words.PublicationDocument)
def publication(_query: Query, event: str, contest: str, version: int) -> words.PublicationDocument:
    """Give a publication as it was printed; who has asked to be hidden since has no name."""
    snapshot, _found = _contest(event, contest)
    said = excerpts.printed(the_house(), snapshot, contest, version) or _no_version(version)
    known = next(
        each for each in publishing.versions(the_house(), event)
        if (each.contest, each.version) == (contest, version)
    )  # fmt: skip
    return words.PublicationDocument(
        **msgspec.structs.asdict(fill.version_info(known)),
        event=event,
        rounds=[words.PublishedRound(**part) for part in said.rows],
    )


@offer(
    desk, "/events/{event}/contests/{contest}/publications/{version}/changes", words.ChangeList,
    query=ChangesQuery,
)  # fmt: skip
def changes(query: ChangesQuery, event: str, contest: str, version: int) -> words.ChangeList:
    """Say what a version changed against the one before, or against another."""
    snapshot, _found = _contest(event, contest)
    older = max(0, version - 1) if query.older is None else query.older
    found = excerpts.changes(the_house(), snapshot, contest, older, version)
    if found is None:
        _no_version(version)
    return words.ChangeList(
        event=event, contest=contest, older=older, newer=version,
        changes=[fill.change_info(each) for each in found],
    )  # fmt: skip


@offer(desk, "/events/{event}/results.{form}", None, media=_MEDIA)
def feed(_query: Query, event: str, form: str) -> Response:
    """Give the results of the whole event in the format of another program."""
    if form not in exchange.PUBLIC_FORMATS:
        known = ", ".join(exchange.PUBLIC_FORMATS)
        abort(404, _("There is no such format; there are %(known)s.", known=known))
    chosen = exchange.RESULT_FORMATS[form]
    content = exchange.public_results(the_house(), event, form) or _no_event(event)
    return _file(content, chosen.media, f"{event}{chosen.suffix}")


def _part(query: StandingsQuery, slug: str, code: str) -> Excerpt:
    snapshot, contest = _contest(slug, code)
    chosen = excerpts.chosen_round(snapshot, contest, query.round)
    if chosen is None:
        abort(404, _("There is no such round."))
    choice = Choice(**{name: getattr(query, name) for name in _CHOICE})
    after = _after(query.cursor, f"{code}/{chosen}")
    wish = Wish(query.q, choice, after, query.limit)
    return excerpts.excerpt(the_house(), snapshot, contest, chosen, wish)


def _entrants(
    query: EntriesQuery, slug: str, after: int = 0, most: int | None = None
) -> excerpts.Entrants:
    snapshot = _contest(slug, query.contest)[0] if query.contest else _snapshot(slug)
    return excerpts.entrants(the_house(), snapshot, query.contest, after, most)


def _cursor(of: str, after: int) -> str:
    return base64.urlsafe_b64encode(f"{of}/{after}".encode()).decode().rstrip("=")


def _after(cursor: str, of: str) -> int:
    """Read a cursor; 400 for one that is broken or of another list."""
    if not cursor:
        return 0
    try:
        text = base64.b64decode(f"{cursor}{'=' * (-len(cursor) % 4)}", b"-_", validate=True)
        named, _slash, after = text.decode().rpartition("/")
    except (binascii.Error, ValueError):
        named, after = "", ""
    if named != of or not (after.isascii() and after.isdecimal()):
        abort(400, _("This cursor is broken, or of another list; take it from “next”."))
    return int(after)


def _snapshot(slug: str) -> Snapshot:
    return shown.public(the_house(), slug) or _no_event(slug)


def _contest(slug: str, code: str) -> tuple[Snapshot, Contest]:
    _snapshot(slug)
    found = excerpts.contest_of(the_house(), slug, code)
    if found is None:
        where = {"slug": slug[:60], "contest": code[:60]}
        abort(404, _("There is no contest %(contest)s at %(slug)s.", **where))
    return found


def _no_event(slug: str) -> NoReturn:
    abort(404, _("There is no event called %(slug)s here.", slug=slug[:60]))


def _no_version(version: int) -> NoReturn:
    abort(404, _("Version %(version)d was never published.", version=version))


def _table(text: str, name: str) -> Response:
    return _file(text.encode(), "text/csv; charset=utf-8", name)


def _file(content: bytes, media: str, name: str) -> Response:
    answer = Response(content, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
