"""``timing export results``: the format is named, or told by the ending of the file."""

from __future__ import annotations

import zipfile

import pytest

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
