"""在宅点検: checks home use of 就労移行支援 and 就労継続支援 inside the office's own workbook."""

__version__ = "0.1.0"
