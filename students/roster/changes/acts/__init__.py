"""The acts that write changes: record, approve, refuse, settle, report, remind."""
