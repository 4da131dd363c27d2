"""Answers to the modules of a round, read from the columns of a file.

``shapes`` is what the map says, ``grounds`` what the file holds, ``scales`` turns cells into marks; each module has a
file of its own, which makes what a convener would have chosen and finds the columns that answer it. ``whole`` puts
them together into the questions that a round opened with these modules asks.
"""
