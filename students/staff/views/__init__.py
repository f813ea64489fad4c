"""The people of a school or a township: who they are, their posts, their classes, their slips."""
