"""What people do: one function, one transaction, every check inside.

Nothing here is shown to anybody; what people look at comes from ``reports``.
"""
