"""API v1: one table of operations, its documents, its views."""
