"""What people look at: take a release, analyse it, hand over frames and sentences.

The only way results reach a screen or a file. Nothing here counts answers; of answers themselves
only a partner's own are read, for that partner.
"""
