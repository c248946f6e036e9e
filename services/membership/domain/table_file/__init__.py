"""Files that people save in Excel: encoding, rows, values that Excel changed, and kinds of rows."""
