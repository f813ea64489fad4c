"""The outbox and the inbox: what the system tells units and posts."""
