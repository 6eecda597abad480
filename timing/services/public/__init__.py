"""What everybody may see: results, runners, honours, who is on the course. Looks, never writes."""
