"""Race timing and results: the journal is what happened, the fold is what it means."""
