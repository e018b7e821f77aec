"""Desks that act, lose the network, restart and meet again, thousands of times: does everybody agree at last?

``server`` and ``desk`` are the smallest of both that speak the protocol, built on nothing but ``cxdesk.protocol``;
``hands`` is what people do, ``schedule`` when and over what network, ``truths`` what must hold afterwards.
"""
