"""What the journal means: from lines to results and the one ordered list."""
