"""One roll call: what its page shows, what a submission says, what the roll tells."""
