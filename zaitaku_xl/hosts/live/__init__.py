"""The workbook that is open in Excel, over the xlwings core."""
