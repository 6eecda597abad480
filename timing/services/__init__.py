"""One verb, one transaction. Plain arguments in, core values out."""
