"""Years of careful offices, written from the description of the domain and not from the rules: nothing may be blamed."""
