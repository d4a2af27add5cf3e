"""Decisions to words."""
