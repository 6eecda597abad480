"""The kinds of lists that an event prints."""
