"""The morning roll call, and the absence spells counted from it."""
