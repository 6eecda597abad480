"""The reader's language: ``?lang=``, else what the browser asks for. No cookies."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_babel import Babel, get_locale, lazy_gettext

LANGUAGES = {"en": "English", "de": "Deutsch", "it": "Italiano", "fr": "Français", "es": "Español"}
"""The languages of the pages, in their own words."""


ROLES = (
    lazy_gettext("administrator"),
    lazy_gettext("organiser"),
    lazy_gettext("timer"),
    lazy_gettext("desk"),
    lazy_gettext("judge"),
    lazy_gettext("announcer"),
)
"""The roles of the race office as words of a reader's language."""


def chosen() -> str:
    """Give the language for the present request."""
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        return asked
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def furnish(app: Flask) -> None:
    """Switch translations on."""
    Babel(app, locale_selector=chosen, default_translation_directories="web/translations")
    app.jinja_env.add_extension("jinja2.ext.i18n")

    @app.after_request
    def _told_to_caches(answer: Response) -> Response:
        if not request.path.startswith(("/static/", "/staff")):
            answer.vary.add("Accept-Language")
        return answer

    @app.context_processor
    def _names() -> dict[str, object]:
        return {"locale": str(get_locale() or "en"), "languages": LANGUAGES}
