"""The words of the trade: instruments, items, sectors, partners, rounds, policies, releases.

Frozen facts and the checks that keep them true. No database, no screen, no arithmetic on answers.
"""
