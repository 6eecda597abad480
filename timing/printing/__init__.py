"""Core values or a publication in, PDF bytes out. Knows no database and no web."""
