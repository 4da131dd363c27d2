"""The database: tables, engine, one file per kind of row, migrations.

Functions take a session and never commit; ``actions`` and ``reports`` open the transaction. No
answer of one person leaves here, except to that person.
"""
