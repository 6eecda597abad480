"""Bytes of a timing box in, raw reads out: one file a protocol. Knows no event and no database.

``formats`` names every protocol and decodes files, ``connection`` and ``watch`` read live boxes
and files, ``delivery`` says how a batch becomes durable, ``sighting`` is what all of them yield.
"""
