"""A file of answers from another survey tool, read into an instrument and rows of marks; nothing is stored here.

From the bytes up: ``text_table`` and ``workbook_table`` read CSV and XLSX, ``table_file`` opens either,
``rows`` sorts out rows that can't be used, ``mapping`` holds what a person says about the file, ``columns``,
``items`` and ``sectors`` find out what its columns mean, and ``answers_file`` puts all that together.
A roster is a table too, but no survey: ``actions.roster_file`` reads it through ``table_file``.
"""
