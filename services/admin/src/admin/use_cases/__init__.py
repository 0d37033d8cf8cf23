"""What the service does, one function per thing."""
