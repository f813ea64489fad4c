"""What set-up installs: packages of Python and of the front end, the browser of the tests."""
