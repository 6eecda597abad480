"""What machines ask about the house: does it live (``/healthz``), how is it (``/metrics``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from threading import Lock

from flask import Blueprint, Response, current_app, request

from timing.services.public import vitals
from timing.services.public.vitals import Pulse
from timing.web.pages import the_house

desk = Blueprint("vitals", __name__)

_GAUGES = {
    "seq": ("timing_journal_lines", "Lines in the journal of an event."),
    "starts": ("timing_starts", "Starters on the lists of an event."),
    "finished": ("timing_finished", "Starters with a result."),
    "on_course": ("timing_on_course", "Starters who are still on the course."),
    "anomalies": ("timing_open_anomalies", "Anomalies that nobody has looked at."),
    "last_finish": ("timing_last_finish_seconds", "Seconds since the last finish."),
}


class Tally:
    """Counts answers by desk and status. Safe to share between threads."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._counts: Counter[tuple[str, int]] = Counter()
        self._lock = Lock()

    def add(self, desk_name: str, status: int) -> None:
        with self._lock:
            self._counts[desk_name, status] += 1

    def lines(self) -> Iterable[str]:
        with self._lock:
            counts = sorted(self._counts.items())
        yield "# HELP timing_answers_total Answers that were built, by desk and status."
        yield "# TYPE timing_answers_total counter"
        for (name, status), count in counts:
            yield f'timing_answers_total{{desk="{name}",status="{status}"}} {count}'


@desk.record_once
def _count(state: object) -> None:
    app = getattr(state, "app")  # noqa: B009 - the setup state of Flask has no public type here
    tally = app.extensions["tally"] = Tally()

    @app.after_request  # type: ignore[untyped-decorator]
    def _add(answer: Response) -> Response:
        tally.add(request.blueprint or "none", answer.status_code)
        return answer


@desk.get("/healthz")
def health() -> tuple[Response, int]:
    """Tell whether pages can be served: 200 if the database answers, 503 if not."""
    good = vitals.healthy(the_house())
    answer = Response("ok\n" if good else "the database does not answer\n", mimetype="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if good else 503


@desk.get("/metrics")
def metrics() -> Response:
    """Give numbers for Prometheus (text format 0.0.4); nothing personal is in them."""
    tally: Tally = current_app.extensions["tally"]
    lines = [*tally.lines(), *_events(vitals.pulses(the_house()))]
    return Response(
        "\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _events(pulses: list[Pulse]) -> Iterable[str]:
    for field, (name, meaning) in _GAUGES.items():
        yield f"# HELP {name} {meaning}"
        yield f"# TYPE {name} gauge"
        for pulse in pulses:
            value = getattr(pulse, field)
            if value is not None:
                yield f'{name}{{event="{pulse.event}"}} {value}'
