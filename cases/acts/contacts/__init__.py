"""The acts that record a talk with the family, and a call from the page."""
