"""A form that was sent after its session had ended: what was typed is kept until it is sent again.

Nothing is written without a second press, and what another site sent is never kept.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from flask import render_template, request
from flask_babel import gettext as _

from timing.web import meanwhile

PREFIX, ADDRESS, PAGE, FILES = "kept:", "kept-address", "kept-page", "kept-files"
"""Under which names a sign-in page carries a form: its fields and the rest of it."""
_OURS = frozenset({meanwhile.FIELD, "seen", "do", "then", "step", "back"})
"""What the keys and the hidden fields of a form say."""
_TOKEN = "csrf_token"  # noqa: S105 - the name of a field


class Kept(NamedTuple):
    """A form on its way. page: on which it was filled in, "" where that is not known.

    files: whether it brought some, which have to be chosen again.
    """

    address: str
    page: str
    fields: tuple[tuple[str, str], ...]
    files: bool

    def typed(self) -> list[str]:
        """What somebody typed or chose, as far as a page says what it showed before."""
        before = meanwhile.carried(dict(self.fields).get(meanwhile.FIELD, "")) or {}
        return [
            value
            for name, value in self.fields
            if value.strip() and name not in _OURS and before.get(name) != value
        ]

    def hidden(self) -> list[tuple[str, str]]:
        """Give the fields under which a sign-in page carries it."""
        files = [(FILES, "yes")] if self.files else []
        return [
            (ADDRESS, self.address), (PAGE, self.page), *files,
            *((PREFIX + name, value) for name, value in self.fields),
        ]  # fmt: skip


def sent() -> Kept | None:
    """Give the form of this request; None where it did not come from one of our pages."""
    if request.method != "POST" or not request.form or not _from_here():
        return None
    fields = tuple(each for each in request.form.items(multi=True) if each[0] != _TOKEN)
    files = any(each.filename for each in request.files.values())
    page = urlsplit(request.referrer or "").path
    return Kept(request.full_path.rstrip("?"), page if inside(page) else "", fields, files)


def carried() -> Kept | None:
    """Give the form that a sign-in page has carried on, None where there is none."""
    address = request.form.get(ADDRESS, "")
    if not inside(address):
        return None
    fields = tuple(
        (name.removeprefix(PREFIX), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(PREFIX)
    )
    page = request.form.get(PAGE, "")
    return Kept(address, page if inside(page) else "", fields, FILES in request.form)


def inside(address: str) -> bool:
    """Whether an address is one of the race office, and no other site."""
    plain = address.isprintable() and "//" not in address and "\\" not in address
    return plain and address.startswith("/staff")


def sign_in_page(kept: Kept | None, error: str = "", name: str = "") -> str:
    """Ask for name and password, and carry a form on."""
    return render_template("accounts/sign_in.html", error=error, name=name, kept=kept)


def once_more(kept: Kept) -> str:
    """Show what was typed, with the key that sends it."""
    return render_template("accounts/once_more.html", kept=kept)


def told() -> str:
    """Say to whoever sent a form that is not kept what happened."""
    return str(_("Please sign in; nothing was changed."))


def _from_here() -> bool:
    """Whether a page of ours sent this: what the browser says of it, which no page can forge."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", "")
    return site == "same-origin" if site else urlsplit(origin).netloc == request.host
