"""The tests: sentences, one file a behaviour."""
