"""A race or a series as a folder of files, read and checked as a whole."""
