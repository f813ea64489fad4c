"""`make test`, `make quick`, `make lint`, `make bench`."""
