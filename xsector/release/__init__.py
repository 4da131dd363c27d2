"""What may be shown: plans a release from counts, keeps the ledger of all that was ever shown.

Pure: who has answered, counts and earlier releases in, the next release out. No database, no screen, no
clock. Whatever leaves the store as a figure was decided here, from membership alone and never from answers.
"""
