"""One talking point per file: release and findings in, a finding or nothing out.

Each rule has a ``find`` that leaves out the questions named in *used*, so that no question comes up
twice. A rule that has nothing to say returns None; it never stretches.
"""
