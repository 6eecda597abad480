"""Certificates, bibs, labels, posters and the picture that is shared."""
