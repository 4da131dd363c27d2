"""The old place of ``survey.answers_file``, kept for one benchmark until it names the new one."""

from xsector.actions.survey.answers_file import inspect_survey, read_rows

__all__ = ["inspect_survey", "read_rows"]
