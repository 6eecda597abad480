"""Sheets and cards by kind, from the journal as it stands."""
