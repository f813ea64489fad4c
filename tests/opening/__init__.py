"""Tests of a county that starts by itself."""
