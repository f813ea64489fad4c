"""The letters of a case: of a move, 催办, and before and after a due day."""
