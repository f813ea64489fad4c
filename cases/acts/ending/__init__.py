"""The acts that end a case or confirm a dropout: return, closure, sample, confirmation."""
