"""One runner: all starts, compared with somebody else, to be shared, and to be asked about."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from urllib.parse import urlsplit

import segno
from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _, ngettext
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from timing.core.refusal import Refusal
from timing.core.telling.awards import WITHIN_REACH
from timing.services.public import enquiries, runners, sharing
from timing.services.public.runners import RunnerPage
from timing.web.asking import text
from timing.web.pages import the_house
from timing.web.public.legend import classes_of, legend_of
from timing.web.public.plot import plot_of
from timing.web.words import explained

desk = Blueprint("runners", __name__)
_HOUR = 3600
_MOST_READS = 5


@desk.get("/<slug>/bib/<bib>")
def runner(slug: str, bib: str) -> str | Answer:
    """Show everything about the wearer of a bib, beside somebody else if asked."""
    page = _page(slug, bib)
    other = text("with")
    pairs = runners.beside(page, _page(slug, other)) if other and other != bib else []
    address = url_for("runners.runner", slug=slug, bib=bib, _external=True)
    return render_template(
        "runners/runner.html",
        page=page,
        other=other,
        pairs=pairs,
        told=[list(_told(start, page.event.timezone)) for start in page.starts],
        plots=[plot_of(start.passages) for start in page.starts],
        legends=[legend_of(page.event, [each.line]) for each in page.starts],
        classes=[dict(classes_of(page.event, each.contest, [each.line])) for each in page.starts],
        address=address,
        shown_address="".join(urlsplit(address)[1:3]),
        code=_code(address),
    )


def _told(start: runners.StartPage, timezone: str) -> Iterator[str]:
    """Why the result is what it is; of many readings that do not count only the first."""
    why = start.why
    if why is None:
        return
    awards = [sentence for sentence in why.awards if sentence.code in WITHIN_REACH]
    parts = (why.start, why.passings, why.time, why.status, why.place, awards)
    for sentence in (*chain(*parts), *why.unused[:_MOST_READS]):
        yield explained(sentence, timezone, named=False)
    if len(why.unused) > _MOST_READS:
        yield ngettext(
            "%(num)d reading in all was taken and does not count.",
            "%(num)d readings in all were taken and do not count.",
            len(why.unused),
        )


def _code(address: str) -> Markup:
    # One mask instead of the best of eight: any is read, and trying them takes the longest.
    drawn = segno.make(address, error="m", mask=3).svg_inline(border=2, light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 - our own drawing, without a word of anybody else


@desk.get("/<slug>/bib/<bib>/card.png")
def card(slug: str, bib: str) -> Response:
    """Give the picture that is shown where the page is shared."""
    page = _page(slug, bib)
    return Response(sharing.card(page), mimetype="image/png")


@desk.route("/<slug>/bib/<bib>/enquiry", methods=["GET", "POST"])
def enquiry(slug: str, bib: str) -> Answer | Response | tuple[str, int]:
    """Ask about a result that seems wrong."""
    page, error, status = _page(slug, bib), "", 200
    if request.method == "POST":
        error = _too_strange(slug, bib)
        if not error:
            try:
                words, contact = request.form.get("text", ""), request.form.get("contact", "")
                asked = enquiries.ask(the_house(), slug, bib, words, contact)
            except Refusal as refusal:
                error, status = refused(refusal), _STATUS.get(refusal.problems[0].code, 422)
            else:
                key = _answers().dumps([slug, asked.number])
                return redirect(url_for("runners.answer", slug=slug, key=key), 303)
        status = status if status != 200 else 422
    shown = render_template(
        "runners/enquiry.html", page=page, error=error, token=_tokens().dumps([slug, bib]),
        most=enquiries.LONGEST,
    )  # fmt: skip
    answer = Response(shown, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@desk.get("/<slug>/enquiry/<key>")
def answer(slug: str, key: str) -> Response:
    """Show a question and its answer to who has its address."""
    try:
        event, number = _answers().loads(key)
    except (BadSignature, ValueError):
        abort(404, _("There is no question behind this address."))
    found = enquiries.one(the_house(), slug, number) if event == slug else None
    if found is None:
        abort(404, _("There is no question behind this address."))
    snapshot = the_house().live.snapshot(slug)
    shown = render_template("runners/answer.html", event=snapshot and snapshot.event, asked=found)
    given = Response(shown)
    given.headers["Cache-Control"] = "no-store"
    return given


_STATUS = {"enquiry-many": 429, "enquiry-flood": 429}


def refused(refusal: Refusal) -> str:
    """Say in the reader's language why a question was not taken."""
    sentences = {
        "enquiry-empty": _("Please write what is not right."),
        "enquiry-long": _("That is too long. Please be brief."),
        "enquiry-many": _("There are open questions about this bib; please wait for the answer."),
        "enquiry-flood": _("Too many questions are coming in just now; please try again later."),
    }
    return str(sentences.get(refusal.problems[0].code, refusal))


def _too_strange(slug: str, bib: str) -> str:
    """Say what is wrong with a form that no reader of this page has sent; "" if nothing is."""
    try:
        signed = _tokens().loads(request.form.get("token", ""), max_age=_HOUR)
    except BadSignature:
        return str(_("This form has been open for too long. Please send it again."))
    if signed != [slug, bib] or request.form.get("website"):
        return str(_("This form could not be read. Please send it again."))
    return ""


def _tokens() -> URLSafeTimedSerializer:
    """Sign forms by their moment instead of a session, so that readers need no cookie."""
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="enquiry-form")


def _answers() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="enquiry")


def _page(slug: str, bib: str) -> RunnerPage:
    page = runners.runner(the_house(), slug, bib)
    if page is None:
        abort(404, _("Nobody wears bib %(bib)s at this event.", bib=bib[:20]))
    return page
