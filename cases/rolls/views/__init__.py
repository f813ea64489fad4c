"""The pages beside the roll: evenings, leave slips, closed and made-up days."""
