"""The desk's memory on disk: the only package that knows SQL."""
