"""HTTP: one blueprint a desk. No rules, no SQL."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_wtf import CSRFProtect

from timing.services.house import House
from timing.web import (
    access,
    asking,
    errors,
    language,
    notices,
    page_rules,
    pages,
    sharing_rules,
    static_files,
)
from timing.web.api import views as api
from timing.web.public import drawn, facts, results, runners, sheets, tables, vitals
from timing.web.staff import (
    accounts,
    advancing,
    announcing,
    calling_off,
    capture,
    checkin,
    desk_link,
    devices,
    entries,
    entry_import,
    entry_words,
    giving_out,
    grids,
    judging,
    numbering,
    office,
    officials,
    own_schemes,
    people,
    printroom,
    privacy,
    publishing,
    readers,
    setting_up,
    starting,
    webhooks,
)

DESKS = (
    api.desk,
    vitals.desk,
    accounts.desk,
    office.desk,
    setting_up.desk,
    own_schemes.desk,
    desk_link.desk,
    devices.desk,
    readers.desk,
    entry_import.desk,
    entries.desk,
    numbering.desk,
    giving_out.desk,
    people.desk,
    checkin.desk,
    starting.desk,
    calling_off.desk,
    capture.desk,
    officials.desk,
    grids.desk,
    judging.desk,
    advancing.desk,
    publishing.desk,
    printroom.desk,
    announcing.desk,
    privacy.desk,
    webhooks.desk,
    runners.desk,
    sheets.desk,
    tables.desk,
    results.desk,
)
"""All blueprints. The public one comes last: its addresses begin with the name of an event."""

PUBLIC = frozenset({"api", "results", "runners", "sheets", "tables"})
"""Blueprints whose pages are the same for everybody, so that they may be kept."""


def furnish(app: Flask, house: House) -> None:
    """Give an application its blueprints, languages and error pages."""
    app.extensions["house"] = house
    app.url_map.converters["int"] = asking.Number
    app.config.update(
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        MAX_CONTENT_LENGTH=32 * 1024 * 1024,
    )
    csrf = CSRFProtect(app)
    csrf.exempt(desk_link.desk)  # its address is the secret
    csrf.exempt(capture.desk)  # a link in the header, no cookie: nothing to forge
    csrf.exempt(runners.desk)  # no session to borrow; its form is signed by its moment
    language.furnish(app)
    pages.furnish(app)
    static_files.furnish(app)
    drawn.furnish(app)
    facts.furnish(app)
    notices.furnish(app)
    asking.furnish(app)
    entry_words.furnish(app)
    errors.furnish(app)
    privacy.furnish(app)
    sharing_rules.furnish(app)
    page_rules.furnish(app)
    for desk in DESKS:
        app.register_blueprint(desk)

    @app.context_processor
    def _somebody() -> dict[str, object]:
        return {"somebody": access.present() if access.at_counter() else None}
