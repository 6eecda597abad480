"""HTTP: one blueprint a desk. No rules, no SQL."""

from __future__ import annotations

from flask import Flask

from timing.services.house import House
from timing.web import errors, language, pages, results


def furnish(app: Flask, house: House) -> None:
    """Give an application its blueprints, languages and error pages."""
    app.extensions["house"] = house
    language.furnish(app)
    pages.furnish(app)
    errors.furnish(app)
    app.register_blueprint(results.desk)
