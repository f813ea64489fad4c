"""Sources of findings: children out of school whom no roll call can miss. One module a source."""
