"""What came of one file, in plain values and in one shape for every door: ``plain`` the values, ``as_json`` the shape."""
