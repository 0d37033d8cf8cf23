"""The desk: every rule a product person would recognise."""
