"""Demonstration events: invented people, a programme from config/demo, a day that is played by lot.

The same seed gives the same day. Everything goes through the same store and journal as a real one.
"""
