"""xsector: partners from different sectors see where they differ, talk, promise, and look again."""

__version__ = "0.1.0"
