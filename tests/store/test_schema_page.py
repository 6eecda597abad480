"""The page about the database names every table, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from timing.store.schema import APPEND_ONLY, metadata

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "schema.md").read_text(encoding="utf-8")


def test_every_table_is_described_and_no_other():
    described = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(described) == sorted(table.name for table in metadata.sorted_tables)


def test_every_key_begins_with_the_event_but_those_of_accounts_and_links():
    first = {table.name: table.primary_key.columns[0].name for table in metadata.sorted_tables}
    others = {name for name, column in first.items() if column != "event_id"}
    assert others == {"event", "account", "station_link"}


def test_personal_data_is_in_no_table_that_cannot_be_changed_but_what_was_published():
    personal = {"name", "family", "born", "club", "contact"}
    for name in set(APPEND_ONLY) - {"publication"}:
        assert not personal & set(metadata.tables[name].columns.keys())
