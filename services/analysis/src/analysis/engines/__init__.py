"""Who can judge an answer: the port, and the two that stand behind it."""
