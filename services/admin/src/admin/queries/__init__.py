"""Every question to the read models."""
