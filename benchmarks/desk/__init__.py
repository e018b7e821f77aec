"""How the desk feels: start, keys, bytes and memory on a real terminal, beside a bare Textual program."""
