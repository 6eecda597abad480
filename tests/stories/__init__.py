"""Whole race days, from the empty house to the amended sheet."""
