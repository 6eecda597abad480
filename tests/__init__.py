"""The tests mirror timing/; whole race days stand in stories/, what tests run on in machines/."""
