"""Changes of a pupil (异动): their entry, proofs, confirmation, daily report and month."""
