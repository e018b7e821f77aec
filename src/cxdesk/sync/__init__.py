"""Speaking to the shared desk: the client's side of ``cxsync/1``, for a file that is handed in through ``ports``."""
