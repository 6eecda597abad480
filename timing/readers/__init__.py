"""Bytes of a timing box in, raw reads out: one file a protocol. Knows no event and no database."""
