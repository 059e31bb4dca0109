"""Sheets we make, but for the forms to hand in: template, result, seal, rule book, guide."""
