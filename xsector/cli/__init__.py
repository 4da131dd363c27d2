"""The same doors from a terminal: one command per file, with ``HELP``, ``add_arguments`` and ``run``.

Every command says what it did and exits 0, or says in one sentence why not and exits 1. With
``--json`` standard output holds one JSON document and nothing else.
"""
