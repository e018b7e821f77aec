"""How the packs of ``cxdesk.empathy.hearing`` are made, from messages written for this project and open corpora.

Not part of the installed program. Needs the extra ``training``; only ``training.score`` runs without it.
"""
