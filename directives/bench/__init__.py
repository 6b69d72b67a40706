"""Honest benchmarks: a large office on a database of its own, and what pages, numbers and searches cost there."""
