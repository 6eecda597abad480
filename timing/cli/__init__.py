"""The terminal: the same verbs under the same names as the pages. No rules, no SQL."""
