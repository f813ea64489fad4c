"""帮助: the manual (docs/使用手册), a chapter a role: shown, searched and printed here."""
