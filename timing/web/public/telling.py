"""A result told in whole sentences, in the reader's language, from what the fold says."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _, ngettext

from timing.core.clock import Instant, format_duration
from timing.core.fold.results import Mark, Result
from timing.core.rulebook.prizes import Why
from timing.core.rulebook.rounding import round_up
from timing.core.rulebook.rules import Basis, Ties
from timing.core.status import Status
from timing.services.public.runners import StartPage
from timing.web.pages import clock_time, local
from timing.web.public.legend import MEANINGS
from timing.web.words import WHY


def tell(start: StartPage, timezone: str) -> list[str]:
    """Tell why a result is what it is: the time, then the place."""
    result = start.row.result
    told = list(_time(start, timezone)) if result.status is Status.OK else [_status(start)]
    told += [_mark(mark) for mark in result.marks if mark.kind in ("penalty", "caution")]
    told += _place(start) if start.row.place is not None else ()
    told += _prizes(start)
    told += _reads(result, timezone)
    return told


def _exact(at: Instant | None, timezone: str) -> str:
    moment = local(at, timezone)
    if moment is None:
        return ""
    return f"{clock_time(at, timezone)}.{moment.microsecond // 1000:03d}"


def _time(start: StartPage, timezone: str) -> Iterator[str]:
    result, rules = start.row.result, start.contest.rules
    if result.gun is None or result.official is None or not result.reads:
        return
    finish = result.reads[-1]
    yield _(
        "The gun time runs from %(gun)s to the finish at %(finish)s (%(source)s): %(time)s.",
        gun=_exact(result.started, timezone), finish=_exact(finish.at, timezone),
        source=_source(finish.source), time=format_duration(result.gun),
    )  # fmt: skip
    if result.net is not None and result.net != result.gun:
        time = format_duration(round_up(result.net, rules.step), rules.decimals)
        yield _("The net time, from the own passing of the start line, is %(time)s.", time=time)
    if rules.basis is not Basis.LAPS:
        said = {"step": format_duration(rules.step),
                "time": format_duration(result.official, rules.decimals)}  # fmt: skip
        if rules.basis is Basis.NET:
            yield _("The net time counts, rounded up to the next %(step)s s: %(time)s.", **said)
        else:
            yield _("The gun time counts, rounded up to the next %(step)s s: %(time)s.", **said)


def _source(source: str) -> str:
    names = {
        "photo": _("photo finish"), "chip": _("chip"), "watch": _("stopwatch"),
        "button": _("hand timing"), "typed": _("hand timing"), "paper": _("list on paper"),
    }  # fmt: skip
    return str(names.get(source, source))


def _status(start: StartPage) -> str:
    result = start.row.result
    if result.status is Status.RUN and result.positions:
        last = [each for each in start.passages if each.elapsed is not None]
        if last and last[-1].name:
            return str(_("On the course; last seen at %(point)s.", point=last[-1].name))
    meaning = str(MEANINGS.get(result.status.value, result.status.value))
    sentence = f"{result.status.value}: {meaning}{_rule(result.rule)}."
    reasons = [mark.reason for mark in result.marks if mark.kind == "status" and mark.reason]
    return " ".join([sentence, *reasons])


def _rule(rule: str) -> str:
    return f" ({_('rule %(rule)s', rule=rule)})" if rule else ""


def _mark(mark: Mark) -> str:
    if mark.kind == "penalty":
        time = format_duration(mark.time)
        told = str(_("A penalty of %(time)s s is contained in the time.", time=time))
        told += _rule(mark.rule)
    else:
        told = f"{mark.code}: {MEANINGS.get(mark.code, mark.code)}{_rule(mark.rule)}."
    return f"{told} {mark.reason}".strip()


def _place(start: StartPage) -> Iterator[str]:
    row, line = start.row, start.line
    yield ngettext(
        "Place %(place)s of %(num)d who finished so far.",
        "Place %(place)s of %(num)d who finished so far.",
        start.progress.finished, place=row.place,
    )  # fmt: skip
    if row.tied and start.contest.rules.ties is Ties.SHARED:
        yield _("The place is shared: equal official times share a place, and the next is skipped.")
    if line.category_place and row.category:
        yield _("Place %(place)s in the category %(category)s.",
                place=line.category_place, category=row.category)  # fmt: skip


def _prizes(start: StartPage) -> Iterator[str]:
    """Tell which prizes are won, and which are missed for a reason that is worth a word."""
    for prize, reason in start.prizes:
        match reason.code:
            case Why.WON:
                yield _("Wins the prize “%(prize)s”, place %(place)d.",
                        prize=prize, place=reason.place)  # fmt: skip
            case Why.HOLDS_OTHER:
                yield _("No prize “%(prize)s”: holds “%(other)s” already.",
                        prize=prize, other=reason.other)  # fmt: skip
            case Why.TOO_LATE:
                yield _("No prize “%(prize)s”: place %(place)d, and there are %(number)d.",
                        prize=prize, place=reason.place, number=reason.number)  # fmt: skip
            case Why.UNCLASSIFIED:
                yield _("No prize “%(prize)s”: without an age there is no category.", prize=prize)
            case _:
                pass


_MOST_READS = 5


def _reads(result: Result, timezone: str) -> Iterator[str]:
    """Tell of readings that do not count, the first with their reasons."""
    for each in result.unused[:_MOST_READS]:
        yield _("The reading of %(time)s does not count: %(why)s.",
                time=_exact(each.reads[0].at, timezone),
                why=WHY.get(each.code, each.code))  # fmt: skip
    count = sum(len(each.reads) for each in result.unused)
    if count > len(result.unused[:_MOST_READS]):
        yield ngettext(
            "%(num)d reading in all was taken and does not count.",
            "%(num)d readings in all were taken and do not count.",
            count,
        )
