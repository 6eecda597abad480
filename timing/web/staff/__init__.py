"""The desks of the race staff, one blueprint a desk."""
