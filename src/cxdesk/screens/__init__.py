"""What an agent looks at: a screen turns a key into one verb of ``desk`` and a change into fresh rows."""
