"""The entries desk as a browser without scripts sees it: look first, then enter."""

from __future__ import annotations

import io
import re

import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from tests.web.desks import send, sign_in, token
from timing.services.entrants.entry_facts import facts_of
from timing.store import setup
from timing.web.staff.entry_import import spans_of

DESK = f"/staff/{SLUG}/entries"
LIST = (
    "Id;Name;Jahrgang;Nation;Startnr\n1;Åse Ødegård;1984;NOR;7\n2;Bob <b>Łukasz</b>;1990;Narnia;\n"
)


@pytest.fixture
def staff(app, house, client):
    run_day(house, "101 start 0:01")
    sign_in(app, client, "desk")
    return client


def names(house):
    return sorted(entry.name for entry in facts_of(house, SLUG).entries.values())


def upload(staff, text, name="list.csv"):
    page = staff.get(f"{DESK}/import/")
    content = text if isinstance(text, bytes) else text.encode()
    fields = {"csrf_token": token(page), "file": (io.BytesIO(content), name)}
    answer = staff.post(f"{DESK}/import/", data=fields, content_type="multipart/form-data")
    return answer.headers.get("Location", answer)


def test_a_file_is_shown_before_anything_is_entered(house, staff):
    address = upload(staff, LIST)
    page = staff.get(address)
    assert page.status_code == 200
    assert "Åse Ødegård" in page.text
    assert "Bob &lt;b&gt;Łukasz&lt;/b&gt;" in page.text
    assert "is no nation that is known" in page.text
    assert names(house) == ["Runner 101"]


def test_an_open_decision_enters_nothing_and_a_decided_one_everything(house, staff):
    address = upload(staff, LIST)
    page = send(staff, address, address, do="write")
    assert page.status_code == 422
    assert "1 decision is open" in page.text
    fields = {"decide:all:nation": "clear", "do": "write"}
    done = send(staff, address, address, **fields)
    assert done.headers["Location"].endswith("/entries/")
    assert "2 entered" in staff.get(done.headers["Location"]).text
    assert len(names(house)) == 3
    gone = staff.get(address)
    assert gone.status_code == 422
    assert "choose it again" in gone.text


def test_what_was_decided_and_mapped_is_still_there_when_looked_at_again(house, staff):
    address = upload(staff, LIST)
    page = send(staff, address, address, do="look", **{"decide:2:nation": "clear", "column-1": ""})
    assert "no column is the name" in page.text
    page = send(staff, address, address, do="look", **{"decide:3:nation": "clear"})
    assert re.search(r'value="clear" selected', page.text)


def test_bad_rows_are_listed_with_their_lines(staff):
    page = staff.get(upload(staff, LIST + "3;Cleo;soon;;\n4;;1990;;\n"))
    assert "Line 4: &#39;soon&#39; is no birth date" in page.text
    assert "Line 5: the name is missing" in page.text
    assert "all other rows are fine" in page.text


def test_a_file_in_another_encoding_is_asked_about(house, staff):
    address = upload(staff, LIST.replace("Ł", "L").encode("cp1252"))
    page = staff.get(address)
    assert page.status_code == 422
    assert "In which line do the names read right?" in page.text
    assert 'value="cp1252"' in page.text
    assert page.text.index("Åse Ødegård") < page.text.index("cp1252</span>")
    assert "--encoding" not in page.text
    page = send(staff, address, address, do="look", encoding="cp1252")
    assert "Åse Ødegård" in page.text


def test_a_list_without_a_header_loses_nobody(house, staff):
    address = upload(staff, "7\tPerrine Trąbczyński\tFife AC\tF60\n8\tDmitri Goñi\tFife AC\tM60\n")
    page = staff.get(address)
    assert "Enter 2 rows" in page.text
    assert '<option value="entrant" selected>' in page.text
    send(staff, address, address, do="write", first="entrant", **{"decide:all:category": "keep"})
    assert {"Perrine Trąbczyński", "Dmitri Goñi"} <= set(names(house))


def test_whoever_brings_a_list_says_that_its_first_row_is_an_entrant(house, staff):
    address = upload(staff, "Ada Alm,1990,Reds\nBob Berg,1991,Blues\n")
    assert "no column is the name" in staff.get(address).text
    fields = {"first": "entrant", "column-0": "name", "column-1": "born", "column-2": "club"}
    assert "Enter 2 rows" in send(staff, address, address, do="look", **fields).text
    send(staff, address, address, do="write", **fields)
    assert {"Ada Alm", "Bob Berg"} <= set(names(house))
    address = upload(staff, "7,Cleo\n8,Dora\n")
    page = send(staff, address, address, do="look", first="header", **{"column-1": "name"})
    assert "Enter 1 row" in page.text


@pytest.mark.parametrize(("name", "text"), [("list.csv", ""), ("", "Name\nx\n")])
def test_an_empty_upload_is_refused_in_words(staff, name, text):
    answer = upload(staff, text, name)
    assert answer.status_code == 422
    assert "Please choose a file" in answer.text


def test_a_file_of_another_account_or_event_is_not_there(app, staff, client):
    address = upload(staff, LIST)
    other = app.test_client()
    sign_in(app, other, "organiser")
    assert other.get(address).status_code == 422
    assert staff.get(f"{DESK}/import/../../x").status_code == 404


def test_somebody_is_entered_by_a_short_form_that_keeps_what_was_typed(house, staff):
    form = {"name": "Cleo Neu", "born": "soon", "contest": "race", "bib": "9"}
    page = send(staff, f"{DESK}/new", f"{DESK}/new", **form)
    assert page.status_code == 422
    assert "is no birth date" in page.text
    assert 'value="Cleo Neu"' in page.text
    page = send(staff, f"{DESK}/new", f"{DESK}/new", **{**form, "born": "1999"})
    assert page.status_code == 302
    again = send(staff, f"{DESK}/new", f"{DESK}/new", name="Cleo Neu", contest="race")
    assert "may be Cleo Neu" in again.text
    answer = {"decide:1:same_person": "other", "then": "checkin"}
    done = send(staff, f"{DESK}/new", f"{DESK}/new", name="Cleo Neu", contest="race", **answer)
    assert "/checkin/" in done.headers["Location"]
    assert names(house).count("Cleo Neu") == 2


def test_an_entry_is_changed_and_its_history_read(house, staff):
    form = {"name": "Runner Changed", "contest": "race", "club": "Reds", "family": ""}
    done = send(staff, f"{DESK}/101", f"{DESK}/101", **form)
    assert done.status_code == 302
    page = staff.get(f"{DESK}/101")
    assert "Runner Changed" in page.text
    assert "Club changed from “” to “Reds”" in page.text
    refused = send(staff, f"{DESK}/101", f"{DESK}/101", **{**form, "nation": "Narnia"})
    assert refused.status_code == 422
    assert staff.get(f"{DESK}/999").status_code == 404


def test_the_list_is_searched_and_exported(staff):
    assert "1 entry" in staff.get(f"{DESK}/?q=101").text
    assert "0 entries" in staff.get(f"{DESK}/?q=nobody").text
    csv = staff.get(f"{DESK}/export.csv")
    assert csv.headers["Content-Disposition"].endswith('-entries.csv"')
    assert "Runner 101" in csv.text
    assert staff.get(f"{DESK}/export.xlsx").data[:2] == b"PK"
    assert staff.get(f"{DESK}/export.exe").status_code == 404


def test_bibs_and_chips_are_managed_on_one_page(house, staff):
    desk = f"/staff/{SLUG}/bibs/"
    send(staff, f"{DESK}/new", f"{DESK}/new", name="Ada", born="1999", contest="race")
    assert send(staff, desk, desk, do="ranges", **{"range-race": "9-1"}).status_code == 422
    send(staff, desk, desk, do="ranges", **{"range-race": "1-9"})
    send(staff, desk, desk, do="keep", numbers="1", why="lost")
    numbers = f"{desk}numbers?contest=race&order=alphabet"
    assert "Give out 1 bib" in staff.get(numbers).text
    send(staff, numbers, f"{desk}numbers", contest="race", order="alphabet")
    page = staff.get(desk)
    assert "1 bib given out." in page.text
    assert "1 lost" in page.text
    send(staff, desk, desk, do="swap", one="101", other="2")
    send(staff, desk, desk, do="chip", chip="E1", bib="2")
    send(staff, desk, desk, do="give", entry="102", bib="A5")
    assert facts_of(house, SLUG).bibs == {101: "2", 102: "A5"}
    file = {"csrf_token": token(staff.get(desk)), "do": "chips",
            "file": (io.BytesIO(b"bib,chip\n2,E7\n,\nA5,\n"), "chips.csv")}  # fmt: skip
    done = staff.post(desk, data=file, content_type="multipart/form-data", follow_redirects=True)
    assert "1 chip noted." in done.text
    assert "chips.csv:4: a chip and a bib are needed" in done.text
    assert send(staff, desk, desk, do="dance").status_code == 302


def test_two_alike_are_decided_on_and_remembered(house, staff):
    with house.store.write() as tx:
        event = setup.load_event(tx, SLUG)
        mile = replace(event.contests[0], code="mile", name="Mile")
        setup.save_event(tx, replace(event, contests=(*event.contests, mile)))
    for contest in ("race", "mile"):
        for name in ("Cleo Neu", "Dora Alt"):
            born = {"born": "1999"} if contest == "race" else {}
            send(staff, f"{DESK}/new", f"{DESK}/new", name=name, contest=contest, **born)
    desk = f"/staff/{SLUG}/people/"
    page = staff.get(desk).text
    assert "2 pairs to decide" in page
    pairs = re.findall(r'name="(?:one|other)" value="(\d+)"', page)
    send(staff, desk, desk, do="part", one=pairs[0], other=pairs[1])
    assert "1 pair to decide" in staff.get(desk).text
    done = send(staff, desk, desk, do="join", one=pairs[2], other=pairs[3])
    assert done.status_code == 302
    page = staff.get(desk).text
    assert "Noted as one person." in page
    assert "Nobody looks like two." in page
    refused = send(staff, desk, desk, do="join", one=pairs[0], other="999")
    assert refused.status_code == 422


def test_what_is_wrong_with_many_rows_is_said_once_with_their_lines(staff):
    rows = "".join(f"{n};Runner {n};soon;;\n" for n in (3, 4, 5)) + "6;Cleo;1990;;\n7;Dora;soon;;\n"
    page = staff.get(upload(staff, LIST + rows)).text
    assert page.count("is no birth date") == 1
    assert "Lines 4-6, 8: &#39;soon&#39; is no birth date" in page


def test_a_file_of_which_no_row_can_be_used_does_not_praise_the_others(staff):
    page = staff.get(upload(staff, LIST.partition("\n")[0] + "\n3;Cleo;soon;;\n")).text
    assert "No row can be entered yet" in page
    assert "all other rows are fine" not in page


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([3], "3"), ([4, 3, 3], "3-4"), ([9, 2, 3, 4, 6], "2-4, 6, 9")],
)
def test_lines_are_told_as_people_write_them(numbers, text):
    assert spans_of(numbers) == text


def test_the_next_person_is_entered_in_the_same_contest(house, staff):
    form = {"name": "Cleo", "born": "1990", "contest": "race"}
    done = send(staff, f"{DESK}/new", f"{DESK}/new", **form)
    assert done.headers["Location"].endswith("/new?contest=race")
    assert '<option value="race" selected>' in staff.get(done.headers["Location"]).text
