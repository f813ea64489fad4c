"""The pages of the roll call, whose submissions the cases follow in the same transaction."""
