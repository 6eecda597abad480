"""Results, start lists and journals in the formats of other programs."""
