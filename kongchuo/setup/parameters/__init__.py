"""Pages of the county's parameters: values in force, their history, and changing one."""
