"""The units of a county: added, renamed, merged, closed."""
