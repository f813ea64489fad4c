"""The pages of cases: what they show, ask and find."""
