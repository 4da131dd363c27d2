"""What may be shown: which groups, decided on membership alone, and how often chance gives such a gap.

Pure: who has answered, or counts, in; the plan of a release, or a share of deals, out. No database, no
screen, no clock. The ledger of all that was ever shown is ``store.releases``.
"""
