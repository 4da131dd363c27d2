"""Every problem that a person can cause or mend, in words and with its remedy.

One class a problem; files by the place where it happens. Nothing here imports from another room.
"""
