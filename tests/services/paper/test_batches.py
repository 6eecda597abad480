"""Long print runs: watched, stopped, one file or one a runner, whole or not at all."""

from __future__ import annotations

from threading import Event as Flag
from zipfile import ZipFile

import pytest

from tests.core.story import entry
from tests.printing.reading import reader, text_of
from tests.services.days import SLUG, run_day
from tests.services.paper.conftest import WORLDS
from timing.core.refusal import Refusal
from timing.services.office import stations
from timing.services.paper import batches, sheets
from timing.services.paper.batches import Stage
from timing.services.paper.sheets import Wanted

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | 103 finish 6:51"


def finished(run):
    run.thread.join(60)
    assert run.stage is not Stage.RUNNING
    return run


def test_a_run_makes_one_file_of_all_cards(championship):
    run = finished(batches.start(championship, WORLDS, "certificates", Wanted()))
    assert run.stage is Stage.DONE
    assert run.step == run.steps == 2 * len(reader(run.file.read_bytes()).pages)
    assert run.name == "retro-worlds-certificates.pdf"
    assert batches.find(WORLDS, run.id) is run
    assert batches.find("other", run.id) is None
    assert run in batches.runs(WORLDS)


def test_a_run_makes_one_file_a_runner_in_an_archive(house):
    run_day(house, RACE)
    run = finished(batches.start(house, SLUG, "certificates", Wanted(), each=True))
    with ZipFile(run.file) as archive:
        names = archive.namelist()
        assert len(names) == len(set(names)) == 3
        assert "101" in names[0]
        pages = [text_of(archive.read(name)) for name in names]
    assert all(time in page for time, page in zip(("6:45", "6:50", "6:51"), pages, strict=True))
    again = finished(batches.start(house, SLUG, "certificates", Wanted(), each=True))
    assert again.file.read_bytes() == run.file.read_bytes()


def test_a_run_that_is_stopped_leaves_nothing(championship, monkeypatch):
    reached, go_on = Flag(), Flag()
    real = batches.Run.watch

    def watch(run, step, steps):
        if step == 3:
            reached.set()
            assert go_on.wait(30)
        real(run, step, steps)

    monkeypatch.setattr(batches.Run, "watch", watch)
    run = batches.start(championship, WORLDS, "certificates", Wanted())
    assert reached.wait(30)
    batches.stop(run)
    go_on.set()
    assert finished(run).stage is Stage.STOPPED
    assert run.step < run.steps
    assert list(run.file.parent.iterdir()) == []


def test_what_cannot_be_printed_is_told_at_once_or_by_the_run(house):
    run_day(house, RACE)
    for kind, wanted in (("poster", Wanted()), ("bibs", Wanted(contest="swim"))):
        with pytest.raises(Refusal):
            batches.start(house, SLUG, kind, wanted)
    with pytest.raises(Refusal, match="results is one document; expected one of certificates"):
        batches.start(house, SLUG, "results", Wanted(), each=True)
    with pytest.raises(Refusal, match="no event 'nowhere'"):
        batches.start(house, "nowhere", "results", Wanted())
    run = finished(batches.start(house, SLUG, "labels", Wanted(labels="a9-1")))
    assert run.stage is Stage.REFUSED
    assert run.problems[0].sentence.startswith(
        "'a9-1' is no sheet of labels; expected one of a4-21"
    )


def test_a_letter_without_a_font_is_told(house):
    run_day(house, "gun 0:00 | 101 finish 6:45", entered=[entry("101", name="Ada \U0001f3c3")])
    for each in (False, True):
        run = finished(batches.start(house, SLUG, "certificates", Wanted(), each=each))
        assert run.missing == ("\U0001f3c3",)


def test_only_so_many_runs_are_kept(house):
    run_day(house, RACE)
    first = finished(batches.start(house, SLUG, "posters", Wanted()))
    for _ in range(12):
        finished(batches.start(house, SLUG, "posters", Wanted()))
    assert batches.find(SLUG, first.id) is None
    assert not first.file.exists()


def test_a_half_written_file_never_replaces_a_good_one(tmp_path):
    out = tmp_path / "day.pdf"
    out.write_bytes(b"yesterday")

    def half(part):
        part.write_bytes(b"half")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        batches.write_whole(out, half)
    assert out.read_bytes() == b"yesterday"
    assert list(tmp_path.iterdir()) == [out]


def test_posters_of_stations_hold_links_that_work_and_looking_makes_none(house):
    run_day(house, RACE)
    sheets.print_sheet(house, SLUG, "station-posters", Wanted())
    assert stations.links(house, SLUG) == []
    drawn = sheets.print_sheet(house, SLUG, "station-posters", Wanted(author="Ada"))
    assert len(stations.links(house, SLUG)) == drawn.pages == 2
    assert {link.author for link in stations.links(house, SLUG)} == {"Ada"}


def test_a_bib_is_printed_for_everybody_who_wears_one_also_without_a_start(championship):
    worn = {entry.bib for entry in championship.live.snapshot(WORLDS).roster.entries if entry.bib}
    drawn = sheets.print_sheet(championship, WORLDS, "labels", Wanted())
    text = text_of(drawn.pdf)
    assert all(bib in text for bib in worn)


def test_everybody_with_a_place_gets_one_certificate_a_contest(championship):
    drawn = sheets.print_sheet(championship, WORLDS, "certificates", Wanted(contest="100m-men"))
    snapshot = championship.live.snapshot(WORLDS)
    placed = {row.entry.id for row in snapshot.standings["100m-men", "heats"].ranked}
    assert drawn.pages == len(placed)
    assert "100 m men · Final" in text_of(drawn.pdf)


@pytest.mark.parametrize(
    ("kind", "wanted", "sentence"),
    [
        (
            "results",
            Wanted(columns=("place", "shoe")),
            "'shoe' is no column; expected one of place",
        ),
        ("certificates", Wanted(logo="/none.png"), "there is no picture file /none.png"),
        ("certificates", Wanted(design="gold"), "'gold' is no design; expected one of bib"),
        ("bibs", Wanted(labels="a4-8"), "measures 210 x 148 mm; a label of 'a4-8'"),
        ("labels", Wanted(skip=99), "99 labels to skip"),
    ],
)
def test_what_is_missing_is_named_before_anything_is_written(house, kind, wanted, sentence):
    run_day(house, RACE)
    with pytest.raises(Refusal, match=sentence):
        sheets.print_sheet(house, SLUG, kind, wanted)


def test_a_bib_that_cannot_be_a_bar_code_is_refused_in_a_sentence(house):
    run_day(house, "gun 0:00 | Ä1 finish 6:45", entered=[entry("Ä1", name="Ada")])
    with pytest.raises(Refusal, match="'Ä1' cannot be a bar code"):
        sheets.print_sheet(house, SLUG, "bibs", Wanted())


def test_cards_of_one_bib_and_of_a_design_of_ones_own(house, tmp_path):
    run_day(house, RACE)
    own = tmp_path / "card.toml"
    own.write_text(
        'name = "card"\nwidth = 80\nheight = 40\n[[text]]\ntext = "No. {bib}"\nx = 5\ny = 20\n'
        "width = 70\nsize = 20\n",
        encoding="utf-8",
    )
    drawn = sheets.print_sheet(house, SLUG, "labels", Wanted(design=str(own), labels="a4-8"))
    assert "No. 102" in text_of(drawn.pdf)
    alone = sheets.print_sheet(house, SLUG, "certificates", Wanted(bib="102"))
    assert alone.pages == 1
    assert "6:50" in text_of(alone.pdf)
