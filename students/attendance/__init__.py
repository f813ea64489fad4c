"""The morning roll call and the absence spells that follow from it."""
