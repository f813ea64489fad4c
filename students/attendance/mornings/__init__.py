"""The morning of a school, an area, the county: who called, who came, who is missing."""
