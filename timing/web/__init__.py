"""HTTP: one blueprint a desk. No rules, no SQL."""
