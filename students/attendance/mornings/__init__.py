"""The morning of a school, an area, the county: which classes called, who came, who is missing."""
