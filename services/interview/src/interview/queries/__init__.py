"""Every question to the database."""
