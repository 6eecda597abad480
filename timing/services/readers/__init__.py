"""Timing boxes at work: what they say becomes lines of the journal."""
