"""Second Round: practise the first interview out loud, so that it leads to a second one."""

__version__ = "0.1.0"
