"""Findings in, agenda document out: which results to talk about, in which order, for how long.

Here are the sentences that wall and papers share, the rules that pick talking points, the agenda
and its edits. No drawing, no file formats, no database: those are charts, export and store.
"""
