"""What can go wrong while something is measured.

EvalError
├── DatasetError     a dataset cannot be read; the message names file, line, key and remedy
├── RunError         a run folder is missing, belongs to another run or cannot be written
└── Unavailable      an optional part is not installed; the message has the install command
"""

from __future__ import annotations


class EvalError(Exception):
    """Root of everything this package raises; the message names the thing and the remedy."""


class DatasetError(EvalError):
    """A dataset cannot be read as what it should be."""


class RunError(EvalError):
    """A run folder is missing, belongs to another dataset or setting, or cannot be written."""


class Unavailable(EvalError):
    """An optional part is not installed; the message has the install command."""
