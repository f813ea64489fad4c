"""Sets a county up, and looks after it: pages of the county's desk and its technician."""
