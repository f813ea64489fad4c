"""Changes of the demo's roster: entering, changes, groups, imports, a substitute."""
