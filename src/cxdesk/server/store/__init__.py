"""Where the server keeps what it knows: one set of statements, two databases."""
