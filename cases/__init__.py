"""Cases of children out of school, until they are back: ladder, deadlines, contacts, closure."""
