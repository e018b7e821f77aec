"""The endpoints of ``docs/protocol.md``: each reads what was sent, asks one function, and says what it answered."""
