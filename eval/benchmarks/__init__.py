"""Benchmarks: documents, questions and the expected answers."""
