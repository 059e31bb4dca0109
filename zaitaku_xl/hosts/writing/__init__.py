"""Files written: new workbooks, values put into a form, PDF, and a file put in place so that nothing is lost."""
