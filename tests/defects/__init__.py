"""Single defects put into clean months, listed by somebody who did not write the rules: each must be noticed."""
