"""Released counts and frames in, Plotly figures out: one chart per file, look and sizes in theme.py.

Every figure is drawn on a sheet whose unit is the pixel of a 1280 x 720 screen, so that text can be
measured before it is placed and the SVG in xsector.export shows the same picture as Plotly.
No file, no database, no analysis; numbers are rounded here and nowhere earlier.
"""
