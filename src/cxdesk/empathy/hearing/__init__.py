"""What a customer's words say about how they feel, what it is about and how soon: always a suggestion, with reasons.

Pure: packs and cue lists are handed in as bytes and text. The same message gives the same answer on every machine,
for everything from the weights to the chances is computed in integers.
"""
