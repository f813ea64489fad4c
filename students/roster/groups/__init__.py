"""Special groups of a pupil, and parents who are away from home (留守)."""
