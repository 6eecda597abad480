"""Styles and scripts are packed, and never asked for again by who has them."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest

PACKED = [("br", brotli.decompress), ("gzip", gzip.decompress)]
STYLES = "/static/css/page.css"


def sent(client, address: str, **how):
    """The whole answer; its file is closed then."""
    return client.get(address, buffered=True, **how)


def addresses(client) -> list[str]:
    return re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text)


@pytest.mark.parametrize(("encoding", "unpack"), PACKED)
def test_a_file_is_packed_as_the_reader_can_unpack_it(client, encoding, unpack):
    plain = sent(client, STYLES)
    packed = sent(client, STYLES, headers={"Accept-Encoding": encoding})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == encoding
    assert packed.headers["Content-Length"] == str(len(packed.data))
    assert unpack(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_the_smallest_form_is_chosen(client):
    packed = sent(client, STYLES, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert packed.headers["Content-Encoding"] == "br"


def test_a_file_under_the_name_of_its_content_is_kept_for_ever(client):
    for address in addresses(client):
        answer = sent(client, address, headers={"Accept-Encoding": "br"})
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("address", [STYLES, f"{STYLES}?v=0123456789"])
def test_under_another_name_it_is_asked_for_again(client, address):
    first = sent(client, address, headers={"Accept-Encoding": "br"})
    assert "immutable" not in first.headers["Cache-Control"]
    asked = {"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]}
    again = sent(client, address, headers=asked)
    assert (again.status_code, again.data) == (304, b"")


def test_each_form_of_a_file_has_a_name_of_its_own(client):
    forms = [sent(client, STYLES, headers={"Accept-Encoding": each}) for each in ("", "gzip", "br")]
    assert len({each.headers["ETag"] for each in forms}) == 3
    asked = {"Accept-Encoding": "gzip", "If-None-Match": forms[2].headers["ETag"]}
    assert sent(client, STYLES, headers=asked).status_code == 200


def test_a_part_of_a_file_is_a_part_of_the_file_as_it_is(client):
    whole = sent(client, STYLES).data
    part = sent(client, STYLES, headers={"Accept-Encoding": "br", "Range": "bytes=0-9"})
    assert part.status_code == 206
    assert part.data == whole[:10]


def test_what_a_script_brings_along_is_fetched_at_the_same_time(five, client):
    page = client.get("/mile/five").text
    told = re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)
    script = re.search(r'<script type="module" src="([^"]+)">', page)
    assert script is not None
    imported = re.findall(r'from "\./(\w+\.js)"', sent(client, script[1]).text)
    assert sorted(each.rpartition("/")[2] for each in told) == sorted(set(imported))
    for address in told:
        assert sent(client, address).status_code == 200


def test_what_is_not_there_is_not_there(client):
    answer = sent(client, "/static/css/none.css?v=1", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 404
