"""How soon somebody can react to the gun."""

from __future__ import annotations

from timing.core.clock import Duration

LEAST_REACTION = Duration(100_000)
"""Whoever reacts sooner than 0.100 s after the gun has made a false start (World Athletics,
Technical Rules, TR 16; the number of the paragraph is to be checked)."""
