"""The pages of a school's or township's people: list, person, posts, classes, password slips."""
