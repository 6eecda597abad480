"""An address as a QR code for a page. Knows nothing of who may open it."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """Draw it as SVG without a size of its own: it fills its box, so that a camera can read it."""
    drawn = segno.make(address, error="m").svg_inline(border=2, light="#fff", omitsize=True)
    return Markup(drawn)  # noqa: S704 - our own drawing
