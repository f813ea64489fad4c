"""The demo county 云县: real townships and villages, invented schools, people and pupils."""
