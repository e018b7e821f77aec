"""What a server carries: ``python -m benchmarks.server``."""
