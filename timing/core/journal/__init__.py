"""What happened: reads and rulings, and what they say of one another."""
