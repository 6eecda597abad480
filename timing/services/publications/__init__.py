"""What leaves the house: versions of results, feeds, exchange files, whole sites."""
