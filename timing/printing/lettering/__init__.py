"""Faces, scripts and directions: texts as pieces that fit a width."""
