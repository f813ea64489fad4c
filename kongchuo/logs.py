"""What the log says of a request that was not served."""

import logging

SERVER_ERROR, UNAVAILABLE = 500, 503


class OneLine(logging.Filter):
    """Leaves a refusal one line: the trace only says which rule refused, and hides real errors."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, with the reason in place of the trace."""
        status = getattr(record, "status_code", SERVER_ERROR)
        if status >= SERVER_ERROR and status != UNAVAILABLE:
            return True
        reason = str(record.exc_info[1]).split("\n", 1)[0] if record.exc_info else ""
        number = getattr(getattr(record, "request", None), "number", "")
        told = " ".join(filter(None, (record.getMessage(), number, reason)))
        record.msg, record.args, record.exc_info = told, (), None
        return True
