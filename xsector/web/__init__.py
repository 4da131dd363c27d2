"""The plain web pages beside Streamlit: links, signing in, exports, and the headers of every answer.

Only this room and ``app.py`` know Starlette. A cookie can be set, and a file handed out behind one,
only by a real web answer, which Streamlit's pages can't give. No arithmetic, no queries.
"""
