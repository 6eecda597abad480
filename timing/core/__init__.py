"""The race itself: pure values and functions. No web, no database, no paper, no clock, no I/O."""
