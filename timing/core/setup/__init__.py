"""What is settled before the gun: events, courses, numbers, who takes part."""
