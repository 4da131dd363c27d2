"""The old place of ``survey.mapping``, kept for one benchmark until it names the new one."""

from xsector.actions.survey.mapping import ImportOptions

__all__ = ["ImportOptions"]
