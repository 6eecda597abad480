"""Addresses as files: every page has a place, and links between places are right from anywhere."""

from __future__ import annotations

import posixpath
import re

import pytest
from hypothesis import given, strategies as st

from timing.files.feeds.site_links import (
    Address,
    address_of,
    file_of,
    imports_of,
    links_of,
    rewrite,
)

BASE = "https://results.example/2026"
HERE = Address("/mile/five", (("page", "2"),))


def everything(_address: Address) -> bool:
    return True


def but_the_staff(address: Address) -> bool:
    return not address.path.startswith("/staff")


def as_it_is(address: Address) -> Address:
    return address


@pytest.mark.parametrize(
    ("path", "query", "file"),
    [
        ("/", (), "index.html"),
        ("/mile", (), "mile/index.html"),
        ("/mile/five", (("page", "2"), ("view", "splits")),
         "mile/five/page-2/view-splits/index.html"),
        ("/mile/five.csv", (("round", "heats"),), "mile/five-round-heats.csv"),
        ("/mile/bib/1 A", (), "mile/bib/1 A/index.html"),
        ("/static/css/page.css", (("v", "abc"),), "static/css/page.css"),
        ("/api/v1/events/mile", (), "api/v1/events/mile.json"),
        ("/api/v1/events/mile/results.csv", (), "api/v1/events/mile/results.csv"),
    ],
)  # fmt: skip
def test_every_address_has_a_file(path, query, file):
    assert file_of(Address(path, query)) == file


@pytest.mark.parametrize("path", ["/mile/../../etc", "/mile/./x", "/mile/a\\b", "/mile/\0"])
def test_no_name_leads_out_of_the_folder(path):
    with pytest.raises(ValueError, match="no name of a file"):
        file_of(Address(path))


@given(st.text(min_size=1), st.text(max_size=10))
def test_whatever_is_asked_stays_in_the_folder(word, value):
    try:
        file = file_of(Address(f"/mile/{word}", (("round", value),)))
    except ValueError:
        return
    assert not posixpath.normpath(file).startswith(("..", "/"))


def test_links_lead_from_file_to_file():
    page = (
        '<a href="/2026/mile?x=1#top">a</a> <a href="?page=3">b</a> <img src="/2026/static/i.svg">'
        ' <meta content="https://results.example/2026/mile/bib/7/card.png">'
        ' <a href="https://other.example/">c</a> <a href="#main">d</a>'
        ' <p data-base="/2026/mile/bib">'
    )
    done = rewrite(page, HERE, BASE, everything, as_it_is)
    assert re.findall(r'="([^"]*)"', done) == [
        "../../x-1/index.html#top", "../page-3/index.html", "../../../static/i.svg",
        f"{BASE}/mile/bib/7/card.png", "https://other.example/", "#main", "../../bib",
    ]  # fmt: skip


def test_what_is_left_out_is_no_link_and_forms_are_gone():
    page = '<form action="/2026/mile/find"><input></form><a class="x" href="/2026/staff">s</a>'
    done = rewrite(page, HERE, BASE, but_the_staff, as_it_is)
    assert done == '<a class="x" data-left-out="">s</a>'


def test_the_links_of_a_page_are_its_own_only():
    page = '<a href="/2026/mile">a</a><a href="/other">b</a><a href="mailto:x@y.z">c</a>'
    assert links_of(page, HERE, BASE, as_it_is) == [Address("/mile")]
    assert address_of("https://results.example/2025/mile", BASE) is None


def test_what_goes_without_saying_is_in_no_address():
    page = '<a href="?lang=en">a</a><a href="/2026/mile?lang=de">b</a>'

    def in_english(address: Address) -> Address:
        left = tuple(each for each in address.query if each != ("lang", "en"))
        return address._replace(query=left)

    done = rewrite(page, HERE, BASE, everything, in_english)
    assert re.findall(r'="([^"]*)"', done) == ["../index.html", "../../lang-de/index.html"]
    german = Address("/mile", (("lang", "de"),))
    assert links_of(page, HERE, BASE, in_english) == [Address("/mile/five"), german]


def test_scripts_and_styles_name_what_stands_beside_them():
    script = Address("/static/js/live/page.js")
    text = 'import { poll } from "./poll.js"; import("../x/y.js"); import z from "elsewhere"'
    assert [each.path for each in imports_of(text, script)] == [
        "/static/js/live/poll.js", "/static/js/x/y.js",
    ]  # fmt: skip
    sheet = Address("/static/css/page.css")
    found = imports_of("a{background:url(../i.svg)} b{c:url(data:x)}", sheet)
    assert [each.path for each in found] == ["/static/i.svg"]
