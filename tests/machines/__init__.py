"""What tests run on: a clock that stands still, two database engines, a browser, a server."""
