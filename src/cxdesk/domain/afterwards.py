"""The rows of what comes after a contact, as plain values like those of ``domain.records``."""
