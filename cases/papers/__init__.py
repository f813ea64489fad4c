"""The papers of the ladder, as kinds of the engine (foundation/papers)."""
