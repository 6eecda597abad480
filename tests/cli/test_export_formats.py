"""``timing export results``: the format is named, or told by the ending of the file."""

from __future__ import annotations

import zipfile

import pytest

from tests.core.story import contest, event
from tests.services.days import SLUG, run_day
from timing.services.publications.exchange import RESULT_FORMATS

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50"


@pytest.mark.parametrize("form", RESULT_FORMATS)
def test_every_format_is_written(runner, house, tmp_path, form):
    run_day(house, RACE)
    out = tmp_path / "results.out"
    done = runner("export", "results", SLUG, "-o", str(out), "--format", form)
    assert done.exit_code == 0, done.stderr
    content = out.read_bytes()
    assert len(content) > 100
    if RESULT_FORMATS[form].suffix.endswith(".zip"):
        assert zipfile.ZipFile(out).namelist()
    elif form != "xlsx":
        assert "101" in content.decode()


def test_without_a_name_the_ending_of_the_file_tells(runner, house, tmp_path):
    run_day(house, RACE)
    out = tmp_path / "results.csv"
    assert runner("export", "results", SLUG, "-o", str(out)).exit_code == 0
    assert out.read_text().startswith("contest,place,bib")
    refused = runner("export", "results", SLUG, "-o", str(tmp_path / "results.doc"))
    assert refused.exit_code != 0
    assert "iof" in refused.stderr


def test_start_lists_for_finishlynx_are_those_that_were_asked_for(runner, house, tmp_path):
    run_day(house, "", of=event([contest("mile"), contest("race")]), entered="101 102")
    whole, one = tmp_path / "all", tmp_path / "one"
    done = runner("export", "lynx", SLUG, "--out", str(whole))
    assert "lynx.ppl, lynx.evt, lynx.sch written to" in done.stdout
    assert (whole / "lynx.sch").read_bytes() == b"1,1,1\r\n2,1,1\r\n"
    for code, schedule, people in (("mile", b"1,1,1\r\n", 2), ("race", b"2,1,1\r\n", 0)):
        words = ("--contest", code, "--round", "final", "--encoding", "cp1252")
        assert runner("export", "lynx", SLUG, "--out", str(one), *words).exit_code == 0
        assert (one / "lynx.sch").read_bytes() == schedule, "numbers are those of the event"
        assert (one / "lynx.ppl").read_bytes().count(b"\r\n") == people


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--contest", "moon"), "no contest 'moon' here; expected one of race"),
        (("--round", "heats"), "no round 'heats' here; expected one of final"),
        (("--encoding", "klingon"), "no encoding 'klingon' here; expected one of utf-8"),
    ],
)
def test_start_lists_of_what_is_not_there_are_refused(runner, house, tmp_path, words, told):
    run_day(house, "", entered="101")
    done = runner("export", "lynx", SLUG, "--out", str(tmp_path / "x"), *words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (tmp_path / "x").exists()
