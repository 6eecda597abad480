"""Starts, capture, grids, the officials' desk, and what must be settled before publishing."""
