"""What to say: the library of lines, which of them fit this moment, and the sentence that remembers.

Pure: no clock, no files, no network. Nothing here is ever sent by itself; it suggests and the person decides.
"""
