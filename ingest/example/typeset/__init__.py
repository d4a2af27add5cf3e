"""Sets example documents as real files: Markdown sources in, PDF, DOCX and HTML out.

A development tool: its libraries belong to the dev group, and nothing at run time imports it.
Run it as ``python -m ingest.example.typeset SOURCES_DIR OUT_DIR [--only NAME]``.
"""
