"""The people of a school or a township: accounts, posts, and who teaches which class."""
