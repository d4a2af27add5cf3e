"""What can go wrong with the trainer's questions.

TrainingError
├── UnknownItem    the bank has no item of that id
├── BadEdit        a field that cannot be edited, or a value it cannot have
├── BadSet         a file to import cannot be read as items
├── BankDamaged    the bank's file is not one, or of a later version
└── CannotExport   nothing to export, or a format that needs a library that is not there
"""

from __future__ import annotations

from assistant.errors import AssistantError


class TrainingError(AssistantError):
    """Root of what this package raises; the message names the thing and the remedy."""


class UnknownItem(TrainingError):
    """The bank has no item of that id."""


class BadEdit(TrainingError):
    """A field that cannot be edited, or a value it cannot have."""


class BadSet(TrainingError):
    """A file to import cannot be read as items."""


class BankDamaged(TrainingError):
    """The bank's file is not one, or of a later version."""


class CannotExport(TrainingError):
    """Nothing to export, or a format that needs a library that is not there."""
