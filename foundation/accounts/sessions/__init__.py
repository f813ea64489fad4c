"""Sessions: how long they last, which ones a person has open, and the notes they carry on."""
