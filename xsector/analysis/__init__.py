"""Arithmetic on released counts: how far apart answers are, where, how sure we are, what to talk about.

Counts in, numbers and frames out. No answer of one person, no file, no clock, no chance without a given
seed. Undefined is nan; nothing is rounded; no argument is changed. What may be shown was decided in
``release`` before anything comes here.
"""
