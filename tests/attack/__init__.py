"""What would break a program that claims that nobody gets in, nothing is written over and no name leaks."""
