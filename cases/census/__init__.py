"""What follows when a school registers or graduates its children: the cases follow."""
