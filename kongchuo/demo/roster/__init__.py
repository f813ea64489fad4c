"""What happens to the register of the demo: entering, changes, groups, imports, a substitute."""
