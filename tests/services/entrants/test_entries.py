"""Entrants from files and forms: nothing before the yes, no row lost, nothing of the day erased."""

import openpyxl
import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal
from timing.core.setup.roster import Entry, Sex
from timing.services.entrants import amending, checkin, entries
from timing.services.entrants.entry_facts import facts_of
from timing.services.entrants.entry_lists import export_entries, listing
from timing.services.entrants.incoming import Source
from timing.store import amendments, roster, setup


@pytest.fixture
def empty(house):
    """An event with a race and a mile, both of WMA categories, and nobody in it."""
    told = run_day(house, "101 start 0:01")
    race = told.event.contests[0]
    race = replace(race, rules=replace(race.rules, categories="wma"))
    mile = replace(race, code="mile", name="Backward Mile")
    with house.store.write() as tx:
        event = setup.save_event(tx, told.event)
        roster.remove_entries(tx, event, [entry.id for entry in told.roster.entries])
        setup.save_event(tx, replace(told.event, date="2026-05-30", contests=(race, mile)))
    return house


@pytest.fixture
def file(tmp_path):
    def write(text, name="list.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return Source(path, name)

    return write


def there(house):
    return list(facts_of(house, SLUG).entries.values())


def names(house):
    return sorted(entry.name for entry in there(house))


def take(house, source, **answers):
    answers = {key.replace("_0", ":"): value for key, value in answers.items()}
    return entries.import_entries(house, SLUG, source, answers, author="Ada")


LIST = """Id,Startnr,Vorname,Nachname,Geschlecht,Jahrgang,Verein,Nation,Lauf
7,,Åse,Ødegård,W,1984,IL Ås,Norwegen,mile
8,12,Bob,Łukasz,M,1990-02-03,Reds,POL,mile
"""


def test_a_file_in_another_language_is_read_and_entered(empty, file):
    assert take(empty, file(LIST)) == (2, 0, 0, 0, 0)
    ase, bob = there(empty)
    assert (ase.name, ase.family, ase.sex, ase.nation) == (
        "Åse Ødegård",
        "Ødegård",
        Sex.WOMEN,
        "NOR",
    )
    assert (bob.bib, bob.born, bob.external, bob.contest) == ("12", "1990-02-03", "8", "mile")
    assert ase.person != bob.person
    with empty.store.read() as tx:
        starts = roster.load_roster(tx, setup.find_event(tx, SLUG)).starts
    assert {(start.entry, start.round) for start in starts} == {
        (ase.id, "final"),
        (bob.id, "final"),
    }


def test_every_bad_row_is_named_and_no_good_row_is_lost(empty, file):
    bad = "".join(f"x{n},,Bad{n},Row,M,soon,,,mile\n" for n in range(70))
    source = file(LIST + bad)
    preview = entries.plan_import(empty, SLUG, source, {})
    assert [problem.line for problem in preview.problems] == list(range(4, 74))
    assert str(preview.problems[0]).startswith("list.csv:4: 'soon' is no birth date")
    assert there(empty) == []
    assert take(empty, source) == (2, 0, 0, 0, 70)


def test_coming_again_changes_what_is_said_otherwise_and_nothing_else(empty, file):
    take(empty, file(LIST))
    assert take(empty, file(LIST)) == (0, 0, 2, 0, 0)
    assert take(empty, file(LIST.replace("Reds", "Blues"))) == (0, 1, 1, 0, 0)
    assert [entry.club for entry in there(empty)] == ["IL Ås", "Blues"]


def test_bibs_and_check_ins_of_the_day_survive_a_second_import(empty, file):
    take(empty, file(LIST))
    ase, bob = there(empty)
    checkin.hand_out(empty, SLUG, ase.id, "A77", by="desk")
    checkin.check_in(empty, SLUG, ase.id, by="desk")
    checkin.check_in(empty, SLUG, bob.id, by="desk")
    take(empty, file(LIST.replace("7,,Åse", "7,40,Åse").replace("8,12,", "8,13,")))
    assert [entry.bib for entry in there(empty)] == ["A77", "12"]
    assert all(checkin.card(empty, SLUG, entry.id).here for entry in there(empty))


def test_without_an_id_a_birth_date_makes_a_row_the_same_person(empty, file):
    text = "Name,Born,Sex,Contest,Club\nBob Łukasz,1990-02-03,M,mile,{}\n"
    take(empty, file(text.format("Reds")))
    assert take(empty, file(text.format("Blues"))) == (0, 1, 0, 0, 0)


def test_somebody_like_an_entrant_has_to_be_decided_on(empty, file):
    take(empty, file(LIST))
    source = file("Name,Born,Contest\nBob Lukas,1990,mile\n")
    with pytest.raises(Refusal, match="may be Bob"):
        take(empty, source)
    assert len(there(empty)) == 2
    assert take(empty, source, all_0same_person="other").new == 1
    assert len(there(empty)) == 3


@pytest.mark.parametrize(
    ("row", "kind", "choice", "outcome"),
    [
        ("Cleo,1999,W,12,,", "bib_taken", "without", ("Cleo", "", "", "")),
        ("Cleo,1999,W,,MUPPET,", "category", "scheme", ("Cleo", "", "", "")),
        ("Cleo,1999,W,,MUPPET,", "category", "keep", ("Cleo", "", "MUPPET", "")),
        ("Cleo,1950,W,,W35,", "category", "scheme", ("Cleo", "", "", "")),
        ("Cleo,1999,W,,,Narnia", "nation", "clear", ("Cleo", "", "", "")),
        ("Cleo,1999,W,,,Narnia", "nation", "keep", ("Cleo", "", "", "Narnia")),
    ],
)
def test_what_does_not_fit_waits_for_a_decision(empty, file, row, kind, choice, outcome):
    take(empty, file(LIST))
    source = file("Name,Born,Sex,Bib,Category,Nation,Contest\n" + row + ",mile\n")
    [line] = entries.plan_import(empty, SLUG, source, {}).plan.lines
    assert [doubt.code for doubt in line.undecided] == [kind]
    with pytest.raises(Refusal):
        take(empty, source)
    entries.import_entries(empty, SLUG, source, {f"2:{kind}": choice}, author="Ada")
    entry = there(empty)[-1]
    assert (entry.name, entry.bib, entry.category, entry.nation) == outcome


def test_a_row_may_be_left_out(empty, file):
    source = file("Name,Born,Nation,Contest\nCleo,1999,Narnia,mile\nDan,1998,IT,mile\n")
    assert take(empty, source, all_0nation="skip") == (1, 0, 0, 1, 0)
    assert names(empty) == ["Dan"]


def test_the_same_row_twice_is_entered_once(empty, file):
    source = file("Name,Born,Contest\nCleo,1999-01-01,mile\nCleo,1999-01-01,mile\n")
    [_, second] = entries.plan_import(empty, SLUG, source, {}).plan.lines
    assert "line 2" in second.undecided[0].sentence
    assert take(empty, source, all_0twice="skip") == (1, 0, 0, 1, 0)


def test_one_person_in_two_contests_wears_one_bib(empty, file):
    text = "Name,Born,Contest,Bib\nCleo,1999-01-01,mile,5\nCleo,1999-01-01,race,\n"
    take(empty, file(text))
    one, other = there(empty)
    assert one.person == other.person
    assert (one.bib, other.bib) == ("5", "5")


def test_who_changed_the_contest_is_moved_with_a_word(empty, file):
    take(empty, file(LIST))
    source = file(LIST.replace("IL Ås,Norwegen,mile", "IL Ås,Norwegen,race"))
    with pytest.raises(Refusal, match="entered in mile; here in race"):
        take(empty, source)
    assert take(empty, source, all_0moved="move") == (0, 1, 1, 0, 0)
    assert [entry.contest for entry in there(empty)] == ["race", "mile"]


def test_a_contest_of_another_name_is_told_once_for_all_rows(empty, file):
    source = file("Name,Born,Race\nCleo,1999,1 Mile Back\nDan,1998,1 Mile Back\nEve,1997,\n")
    preview = entries.plan_import(empty, SLUG, source, {})
    assert preview.plan.contests == ("1 Mile Back",)
    assert len(preview.problems) == 3
    answers = {"contest:1 Mile Back": "mile", "contest:": "race"}
    entries.import_entries(empty, SLUG, source, answers, author="Ada")
    assert [entry.contest for entry in there(empty)] == ["mile", "mile", "race"]


def test_columns_can_be_taken_for_something_else(empty, file):
    text = "Who,When,Where\nCleo,1999,mile\n"
    source = file(text)
    assert [p.code for p in entries.plan_import(empty, SLUG, source, {}).problems] == [
        "missing-column"
    ]
    source = source._replace(fields={0: "name", 1: "born", 2: "contest"})
    assert take(empty, source).new == 1
    twice = source._replace(fields={0: "name", 1: "name", 2: "contest"})
    assert "both the name" in str(entries.plan_import(empty, SLUG, twice, {}).problems[0])


def test_a_bib_given_while_the_preview_was_open_is_never_given_twice(empty, file, monkeypatch):
    take(empty, file(LIST))
    ase = there(empty)[0]
    source = file("Name,Born,Bib,Contest\nCleo,1999,55,mile\n")
    planned = entries.plan_import(empty, SLUG, source, {})
    checkin.hand_out(empty, SLUG, ase.id, "55", by="desk")
    monkeypatch.setattr(entries, "plan_import", lambda *_: planned)
    with pytest.raises(Refusal, match="bib 55 is on"):
        take(empty, source)
    assert names(empty) == ["Bob Łukasz", "Åse Ødegård"]


def test_somebody_is_entered_on_the_day_by_a_short_form(empty):
    fields = {"name": "Cleo  Neu", "born": "1999", "sex": "F", "contest": "mile", "bib": "9"}
    number = entries.enter_one(empty, SLUG, fields, {}, author="Ada")
    assert facts_of(empty, SLUG).bibs[number] == "9"
    with pytest.raises(Refusal, match="may be Cleo Neu"):
        entries.enter_one(empty, SLUG, {"name": "Cleo Neu", "contest": "mile"}, {}, author="Ada")
    with pytest.raises(Refusal, match="is no birth date"):
        entries.enter_one(empty, SLUG, {**fields, "born": "soon"}, {}, author="Ada")


def test_an_entry_is_amended_with_its_history(empty, file):
    take(empty, file(LIST))
    ase = there(empty)[0]
    fields = {"name": "Åse Berg", "family": "Berg", "club": "", "contest": "mile"}
    changed = amending.amend_one(empty, SLUG, ase.id, fields, reason="married", author="Ada")
    assert (changed.name, changed.club, changed.nation) == ("Åse Berg", "", "NOR")
    with empty.store.read() as tx:
        kept = amendments.load_amendments(tx, setup.find_event(tx, SLUG))
    assert {(each.field, each.old, each.new) for each in kept} == {
        ("name", "Åse Ødegård", "Åse Berg"), ("family", "Ødegård", "Berg"), ("club", "IL Ås", ""),
    }  # fmt: skip
    history = checkin.card(empty, SLUG, ase.id).history
    assert {line.what for line in history} == {"amend"}


def test_after_the_gun_a_change_needs_a_reason(house):
    run_day(house, "gun 0:00 | 101 finish 9:00")
    [entry] = there(house)
    with pytest.raises(Refusal, match="give a reason"):
        amending.amend_one(house, SLUG, entry.id, {"club": "X"}, reason="", author="Ada")
    amending.amend_one(
        house, SLUG, entry.id, {"name": entry.name, "club": "X"}, reason="seen", author="Ada"
    )
    assert there(house)[0].club == "X"


def test_hostile_cells_stay_text_and_are_neutral_in_exports(empty, file):
    text = 'Name,Born,Club,Contest\n"=HYPERLINK(""x"")",1999,<script>,mile\n'
    text += f"{'n' * 1_000_000},1999,,mile\n"
    source = file(text)
    preview = entries.plan_import(empty, SLUG, source, {})
    assert "characters" in str(preview.problems[0])
    assert take(empty, source).new == 1
    exported = export_entries(empty, SLUG, "csv").decode("utf-8-sig")
    assert '"\'=HYPERLINK(""x"")"' in exported
    assert export_entries(empty, SLUG, "xlsx")[:2] == b"PK"
    with pytest.raises(Refusal, match="no format"):
        export_entries(empty, SLUG, "exe")


def test_a_workbook_of_entries_can_be_read_as_it_opens(empty, file, tmp_path):
    text = f"Name;Verein;Lauf;Note\nBrzęczyszczykiewicz Zbigniew;Reds;mile;{'long ' * 30}\n"
    take(empty, file(text))
    path = tmp_path / "entries.xlsx"
    path.write_bytes(export_entries(empty, SLUG, "xlsx"))
    sheet = openpyxl.load_workbook(path).active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:T2")
    assert sheet["B1"].font.bold
    assert not sheet["B2"].font.bold
    assert sheet.column_dimensions["B"].width == len("Brzęczyszczykiewicz Zbigniew") + 2
    assert sheet.column_dimensions["T"].width == 42


def test_what_is_exported_comes_back_as_the_same(empty, file, tmp_path):
    take(empty, file(LIST))
    path = tmp_path / "again.csv"
    path.write_bytes(export_entries(empty, SLUG, "csv"))
    assert take(empty, Source(path, "again.csv")) == (0, 0, 2, 0, 0)


def test_the_list_is_searched_and_turned(empty, file):
    take(empty, file(LIST))
    assert listing(empty, SLUG).total == 2
    assert [e.name for e in listing(empty, SLUG, words="odegard").entries] == ["Åse Ødegård"]
    assert listing(empty, SLUG, contest="race").total == 0
    assert listing(empty, SLUG, page=99).page == 1


def test_a_row_is_never_taken_for_the_team_whose_entry_has_the_number_of_its_line(empty, file):
    """A team is nobody's person; its entry 2 and the second line of a list are two things."""
    team = Entry(id=2, contest="mile", name="Reds", bib="RED")
    with empty.store.write() as tx:
        roster.save_entries(tx, setup.event_number(tx, SLUG), [team])
    done = take(empty, file("Name;Lauf;Startnr\nAda Alm;mile;\nBob Berg;mile;RED\n"),
                all_0bib_taken="without")  # fmt: skip
    assert done.new == 2
    assert {entry.name: entry.bib for entry in there(empty)} == {
        "Reds": "RED", "Ada Alm": "", "Bob Berg": "",
    }  # fmt: skip


def test_somebody_alike_is_found_among_namesakes_of_other_years(empty, file):
    """Nine who are called the same and were born in other years hide nobody."""
    born = [*range(1960, 1969), 1990]
    rows = "".join(f"{n};Ada Alm;{year};mile\n" for n, year in enumerate(born))
    take(empty, file(f"Id;Name;Jahrgang;Lauf\n{rows}"))
    preview = entries.plan_import(empty, SLUG, file("Name;Jahrgang;Lauf\nAlms Ada;1990;mile\n"), {})
    [line] = preview.plan.lines
    assert [doubt.code for doubt in line.doubts] == ["same_person"]
    assert "Ada Alm, 1990" in str(line.doubts[0].said)
    unknown = entries.plan_import(empty, SLUG, file("Name;Lauf\nAda Alm;mile\n"), {})
    assert [doubt.code for doubt in unknown.plan.lines[0].doubts] == ["same_person"]
