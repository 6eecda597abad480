"""The pages for everybody. Order is always the rank."""
