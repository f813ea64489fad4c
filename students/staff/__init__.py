"""The people of a school or a township: accounts, posts, who teaches which class."""
