"""The reply check: what in a reply would hurt, why, and what could be said instead. It proposes; the person decides."""
