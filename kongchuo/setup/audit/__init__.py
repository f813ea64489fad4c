"""操作记录: who saw, did, took away or was refused what, by child, person, unit and day."""
