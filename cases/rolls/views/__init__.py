"""The pages beside the roll: boarders' evenings, leave slips, suspended and made-up days."""
