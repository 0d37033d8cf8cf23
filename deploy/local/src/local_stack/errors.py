"""What can stop the stack from starting, said so that the reader can act on it."""


class StackError(RuntimeError):
    """A plain message for the person at the terminal; shown without a traceback."""
