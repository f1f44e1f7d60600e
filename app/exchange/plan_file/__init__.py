"""A plan as a spreadsheet: read from CSV or XLSX, compared with the plan that is here, and written in the same form."""
