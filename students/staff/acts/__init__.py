"""The acts on the people of a unit: taking on, ending posts, arranging class teachers."""
