"""Races scored from folders of files, without a server."""
