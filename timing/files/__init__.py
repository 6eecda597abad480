"""Entries in; results, journal and exchange formats in and out. Knows no database and no web."""
