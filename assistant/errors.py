"""What can go wrong while a question becomes an answer.

AssistantError
├── UnknownMunicipality   the index holds another municipality, or several and none was named
├── BadQuestion           the question cannot be taken: empty, not an object, a date that does not parse
├── BadSetting            a setting has a value it cannot have
└── CannotWrite           a file that was asked for cannot be written
"""

# The names say what happened; an "Error" at the end of each would add nothing.

from __future__ import annotations


class AssistantError(Exception):
    """Root of everything this package raises; the message names the thing and the remedy."""


class UnknownMunicipality(AssistantError):
    """The index holds another municipality, or several of which none was named."""


class BadQuestion(AssistantError):
    """A question that cannot be taken as it is."""


class BadSetting(AssistantError):
    """A setting has a value it cannot have."""


class CannotWrite(AssistantError):
    """A file that was asked for cannot be written where it was asked for."""
