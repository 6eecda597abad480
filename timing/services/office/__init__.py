"""Accounts, links, event setup, personal data and upkeep."""
