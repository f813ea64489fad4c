"""The second factor: six digits from an authenticator app (动态码), asked after the password."""
