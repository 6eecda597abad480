"""Schema, transactions, rows to core values and back, and nothing else."""
