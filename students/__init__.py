"""The children: calendar, roster, attendance."""
