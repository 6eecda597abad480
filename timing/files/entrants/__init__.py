"""Entrants in the spellings and formats of the world."""
