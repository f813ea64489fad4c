"""The workbooks around an import: the template, the refused rows, the receipt."""
