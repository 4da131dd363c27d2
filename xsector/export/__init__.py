"""Document, frame or figure in, bytes or text out: one file per format. Nothing here writes files."""
