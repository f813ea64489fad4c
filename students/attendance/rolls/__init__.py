"""One roll call: its page, its submission, and the facts read from it."""
