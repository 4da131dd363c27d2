"""Modules of a round: roles, priorities, stage and guesses, as a convener chooses them and as questions.

A module is expanded into ordinary counted questions when a round is opened, so that its answers go the same way as
all others. What its answers mean stands in ``analysis``, not here.
"""
