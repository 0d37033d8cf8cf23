"""`interview-kit-score`: scores a file of answers, one JSON object a line, without any service running."""
