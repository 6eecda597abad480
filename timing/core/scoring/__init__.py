"""Teams, relays, series and laps: scores that are made of many results."""
