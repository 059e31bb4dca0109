"""Cells read: a fast reader for what the common programs write, an exact one for the rest; they never disagree."""
