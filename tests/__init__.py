"""Tests mirror portal/; journeys/ drives a real browser, bench/ prints figures."""
