"""Entries, numbers, people and the check-in desk."""
