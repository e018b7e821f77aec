"""What desks and servers say to each other (``cxsync/1``) and what comes of it: pure, shared by both sides.

Standard library only; no clock, no files, no chance. ``docs/protocol.md`` is the contract in words. Start reading with
``merge``: everything else decides what is merged.
"""
