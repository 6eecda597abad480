"""How thoroughly properties are tried while mutants of the core are hunted (docs/reference)."""

from __future__ import annotations

import hypothesis

# A mutant is asked the same few questions each time, and how small its mistake is nobody asks.
hypothesis.settings.register_profile(
    "mutants",
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
