"""A child out of school, until back: ladder, deadlines, contacts, closure."""
