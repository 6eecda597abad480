from __future__ import annotations

import stat
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from timing import resources, settings
from timing.core.refusal import Refusal
from timing.settings import load_settings, secret_key


@pytest.fixture(autouse=True)
def _from_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)


def own_file(tmp_path: Path, text: str, **more: str) -> dict[str, str]:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return {"TIMING_CONFIG": str(path), **more}


def refused(environ: dict[str, str]) -> list[str]:
    with pytest.raises(Refusal) as caught:
        load_settings(environ)
    return [str(problem) for problem in caught.value.problems]


def test_without_a_word_it_is_one_computer_with_an_embedded_database(tmp_path: Path):
    chosen = load_settings({})
    assert (chosen.host, chosen.port) == ("127.0.0.1", 8000)
    assert chosen.data_dir == str(tmp_path / "var")
    assert chosen.database_url == f"sqlite:///{tmp_path}/var/timing.db"


def test_the_defaults_name_every_setting():
    text = (resources.folder("config") / "default.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)) == set(settings.Settings.__struct_fields__)


def test_an_own_file_wins_over_the_defaults_and_the_environment_over_both(tmp_path: Path):
    environ = own_file(tmp_path, 'port = 9000\nhost = "0.0.0.0"\n', PORT="9001")
    chosen = load_settings(environ)
    assert (chosen.host, chosen.port) == ("0.0.0.0", 9001)  # noqa: S104 - the value under test


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("port = 81", "http://127.0.0.1:81"),
        ('host = "0.0.0.0"', "http://127.0.0.1:8000"),
        ('public_address = "https://results.example/"', "https://results.example"),
    ],
)
def test_the_address_on_paper_is_the_chosen_one_else_where_it_is_served(
    tmp_path: Path, text: str, address: str
):
    assert load_settings(own_file(tmp_path, text)).public_address == address


def test_fonts_are_found_from_the_folder_in_which_the_program_was_called(tmp_path: Path):
    (tmp_path / "rare.otf").write_bytes(b"")
    chosen = load_settings(own_file(tmp_path, 'fonts = ["rare.otf"]'))
    assert chosen.fonts == (str(tmp_path / "rare.otf"),)


def test_the_database_follows_the_data_folder(tmp_path: Path):
    chosen = load_settings(own_file(tmp_path, 'data_dir = "elsewhere"'))
    assert chosen.database_url == f"sqlite:///{tmp_path}/elsewhere/timing.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_spelling_of_postgresql_is_driven_by_psycopg_3(scheme: str):
    chosen = load_settings({"TIMING_DATABASE_URL": f"{scheme}://anna:pw@db/race"})
    assert chosen.database_url == "postgresql+psycopg://anna:pw@db/race"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            'port = 9000\n\ntown = "Graz"',
            "own.toml:3: unknown setting 'town'; expected one of data_dir, database_url, ",
        ),
        ("[server]\nport = 1", "own.toml:1: unknown setting 'server'; expected one of "),
        ('# a word\nport = "many"', "own.toml:2: port is 'many'; expected int"),
        ("port = 70000", "own.toml:1: port is 70000; expected int <= 65535"),
        ('host = ""', "own.toml:1: host is ''; expected str of length >= 1"),
        ("port = = 3", "own.toml:1: is not TOML: Invalid value; expected lines like: port = 8000"),
        ('secret_key = "short"', "own.toml:1: secret_key has 5 characters; expected at least 16"),
        ("secret_key = 12345", "own.toml:1: secret_key has a wrong value; expected str"),
        (
            'host = "h"\nfonts = ["/srv/no.otf"]',
            "own.toml:2: fonts names /srv/no.otf, which is no file; expected a font file",
        ),
        ('fonts = "a.ttf"', "own.toml:1: fonts is 'a.ttf'; expected array"),
        ('public_address = "results"', "own.toml:1: public_address is 'results'; expected http"),
    ],
)
def test_a_wrong_file_is_named_with_line_key_and_what_was_expected(
    tmp_path: Path, text: str, sentence: str
):
    [problem] = refused(own_file(tmp_path, text))
    assert problem.startswith(f"{tmp_path}/{sentence}")


def test_every_fault_of_a_file_is_named_at_once(tmp_path: Path):
    assert len(refused(own_file(tmp_path, 'a = 1\nb = 2\nport = "x"'))) == 3


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path):
    missing = str(tmp_path / "none.toml")
    assert refused({"TIMING_CONFIG": missing}) == [
        f"{missing}: cannot be read (No such file or directory); expected a TOML file with settings"
    ]
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'host = "M\xfcnchen"')
    assert refused({"TIMING_CONFIG": str(latin)}) == [f"{latin}: is not UTF-8 text"]


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"PORT": "abc"}, "environment PORT: port is 'abc'; expected int"),
        ({"PORT": "65536"}, "environment PORT: port is 65536; expected int <= 65535"),
        ({"TIMING_SECRET_KEY": "x"}, "environment TIMING_SECRET_KEY: secret_key has 1 characters"),
        (
            {"TIMING_DATABASE_URL": "mysql://anna:geheim@db/race"},
            "database_url begins with 'mysql'; expected sqlite:///FILE or postgresql://",
        ),
        ({"TIMING_DATABASE_URL": "geheim"}, "database_url is no address of a database; expected"),
    ],
)
def test_a_wrong_environment_is_named_by_its_variable(environ: dict[str, str], sentence: str):
    [problem] = refused(environ)
    assert problem.startswith(sentence)
    assert "geheim" not in problem


def test_an_empty_variable_says_nothing():
    assert load_settings({"PORT": "", "TIMING_CONFIG": ""}).port == 8000


def test_settings_in_a_log_show_no_password():
    chosen = load_settings({"TIMING_DATABASE_URL": "postgresql://anna:geheim@db/race"})
    assert "geheim" not in repr(chosen)


def test_a_chosen_key_is_used_as_it_is():
    chosen = load_settings({"TIMING_SECRET_KEY": "long enough to be a key"})
    assert secret_key(chosen) == "long enough to be a key"
    assert not Path(chosen.data_dir).exists()


def test_a_key_is_made_once_and_only_its_owner_can_read_it():
    chosen = load_settings({})
    key = secret_key(chosen)
    kept = Path(chosen.data_dir) / "secret_key"
    assert len(key) == 64
    assert secret_key(chosen) == key
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret_key"]


def test_processes_that_start_together_agree_on_one_key():
    chosen = load_settings({})
    with ThreadPoolExecutor(max_workers=8) as crowd:
        assert len(set(crowd.map(secret_key, [chosen] * 8))) == 1
