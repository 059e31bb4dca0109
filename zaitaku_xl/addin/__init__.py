"""How ribbon, macros and formulas get into Excel: built from text, put into workbooks, installed for one person."""
