"""What one installation may choose: config/default.toml, then its own file, then the environment.

Knows no race. Each setting is described in docs/reference/settings.md (a test holds that true).
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from timing import resources
from timing.core.refusal import Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT = {
    "TIMING_DATABASE_URL": "database_url",
    "TIMING_SECRET_KEY": "secret_key",
    "PORT": "port",
}
"""Environment variable -> the setting that it sets."""
CONFIG_VARIABLE = "TIMING_CONFIG"
"""Names the file with the settings of this installation."""

_NOT_SHOWN = {"database_url", "secret_key"}  # a refusal never prints a password
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - hosts that are no address to go to
_LONG_ENOUGH = 16  # characters of a secret key that somebody chose
_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings, complete and checked. Paths are absolute.

    public_address: where readers find the pages, for the codes on paper. fonts: files that are
    asked first for letters that the house fonts lack.
    """

    data_dir: Annotated[str, msgspec.Meta(min_length=1)]
    database_url: str
    secret_key: str
    host: Annotated[str, msgspec.Meta(min_length=1)]
    port: Annotated[int, msgspec.Meta(ge=0, le=65_535)]
    public_address: str
    fonts: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Settings(data_dir={self.data_dir!r}, host={self.host!r}, port={self.port!r})"


_TYPES = {field.name: field.type for field in msgspec.structs.fields(Settings)}


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read every layer, the later one winning. Raises Refusal that names file, line and key."""
    chosen = _file_layer(resources.folder("config") / "default.toml")
    if own := environ.get(CONFIG_VARIABLE):
        chosen |= _file_layer(Path(own))
    chosen |= _environment_layer(environ)
    return settings_from(chosen)


def settings_from(chosen: Mapping[str, Any]) -> Settings:
    """Complete a full set of values: absolute paths, a database, its driver. Raises Refusal."""
    data_dir = Path(chosen["data_dir"]).resolve()
    url = chosen["database_url"] or f"sqlite:///{data_dir / 'timing.db'}"
    completed = {
        "data_dir": str(data_dir),
        "database_url": _with_driver(url),
        "public_address": _address(chosen).rstrip("/"),
        "fonts": [str(Path(font).resolve()) for font in chosen["fonts"]],
    }
    return msgspec.convert({**chosen, **completed}, Settings)


def _address(chosen: Mapping[str, Any]) -> str:
    """Where the pages are read: as chosen, else where this installation serves them."""
    everywhere = chosen["host"] in _EVERYWHERE
    host = "127.0.0.1" if everywhere else chosen["host"]
    return chosen["public_address"] or f"http://{host}:{chosen['port']}"


def secret_key(settings: Settings) -> str:
    """Give the key that signs sessions and links: the chosen one, else one made once and kept.

    It is kept in the file ``secret_key`` in data_dir, readable by its owner only. Two processes
    that start at the same moment agree on one key.
    """
    if settings.secret_key:
        return settings.secret_key
    kept = Path(settings.data_dir) / "secret_key"
    if not kept.exists():
        _keep(kept, secrets.token_hex(32))
    return kept.read_text(encoding="ascii").strip()


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 600
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
    try:
        with suppress(FileExistsError):  # another process was first: its key holds
            os.link(name, path)
    finally:
        Path(name).unlink()


def _file_layer(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        layer = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, error) from None
    except UnicodeDecodeError:
        raise Refusal(Problem("settings-encoding", "is not UTF-8 text", str(path))) from None
    except OSError as error:
        sentence = f"cannot be read ({error.strerror}); expected a TOML file with settings"
        raise Refusal(Problem("settings-file", sentence, str(path))) from None
    problems = [
        Problem(code, sentence, str(path), _line_of(key, text))
        for key, value in layer.items()
        for code, sentence in _faults(key, value)
    ]
    if problems:
        raise Refusal(*problems)
    return layer


def _not_toml(path: Path, error: tomllib.TOMLDecodeError) -> Refusal:
    at = re.search(r"line (\d+)", str(error))
    sentence = f"is not TOML: {str(error).split(' (at ')[0]}; expected lines like: port = 8000"
    return Refusal(Problem("settings-toml", sentence, str(path), int(at[1]) if at else None))


def _environment_layer(environ: Mapping[str, str]) -> dict[str, Any]:
    layer: dict[str, Any] = {}
    problems: list[Problem] = []
    for variable, key in ENVIRONMENT.items():
        text = environ.get(variable, "")
        if text:
            value = int(text) if key == "port" and text.isdecimal() else text
            layer[key] = value
            problems += [
                Problem(code, sentence, f"environment {variable}")
                for code, sentence in _faults(key, value)
            ]
    if problems:
        raise Refusal(*problems)
    return layer


def _faults(key: str, value: Any) -> list[tuple[str, str]]:
    if key not in _TYPES:
        expected = ", ".join(sorted(_TYPES))
        return [("settings-key", f"unknown setting {key!r}; expected one of {expected}")]
    found = "has a wrong value" if key in _NOT_SHOWN else f"is {value!r}"
    try:
        msgspec.convert(value, _TYPES[key])
    except msgspec.ValidationError as error:
        wanted = str(error).split(", got")[0].replace("`", "").lower()
        return [("settings-value", f"{key} {found}; {wanted}")]
    if key == "fonts":
        return [
            ("settings-font", f"fonts names {font}, which is no file; expected a font file")
            for font in value
            if not Path(font).is_file()
        ]
    if key == "public_address" and not re.match(r"https?://[^/\s]+|$", value):
        return [("settings-address", f"{key} {found}; expected http://... or https://...")]
    if key == "secret_key" and 0 < len(value) < _LONG_ENOUGH:
        wanted = f"expected at least {_LONG_ENOUGH} characters, or none to have one made"
        return [("settings-secret", f"{key} has {len(value)} characters; {wanted}")]
    return []


def _line_of(key: str, text: str) -> int | None:
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"""\s*\[?\s*["']?{re.escape(key)}["']?\s*[=.\]]""", line):
            return number
    return None


def _with_driver(url: str) -> str:
    scheme, colon, rest = url.partition("://")
    if not colon or scheme not in _DRIVERS:
        expected = "expected sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME"
        found = f"begins with {scheme[:24]!r}" if colon else "is no address of a database"
        raise Refusal(Problem("settings-database", f"database_url {found}; {expected}"))
    return f"{_DRIVERS[scheme]}://{rest}"
