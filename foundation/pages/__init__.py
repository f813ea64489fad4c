"""What pages and forms share: paging, addresses, days asked for, reasons, words of forms."""
