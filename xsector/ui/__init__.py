"""Pieces of Streamlit that pages share: the frame, who is here, messages, widgets.

Session state is read and written by name only in this room. No queries, no arithmetic.
"""
