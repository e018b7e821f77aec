"""The shared desk: ``cxsync/1`` over HTTP, on PostgreSQL or, for one machine, on SQLite.

Nothing is kept between requests but what may be lost: the servers are stateless, and there can be many.
"""
