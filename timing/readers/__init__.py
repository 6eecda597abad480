"""Bytes of a timing box in, raw reads out: one file a protocol. Knows no event and no database.

``formats`` names every protocol and decodes files, ``live`` runs a reader over a socket or a
watched file, ``delivery`` says how a batch becomes durable, ``sighting`` is what all yield.
"""
