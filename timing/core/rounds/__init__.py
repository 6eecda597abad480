"""Heats, lanes, and who goes on to the next round."""
