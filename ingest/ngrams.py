"""Words cut into letter n-grams, for a lexical index that survives inflection, compounds and typing errors.

Norwegian writes compounds as one word and two written languages side by side; a purchaser mistypes. Letter
3-5-grams inside words find "leikeplass" by "lekeplass" and "møbelanskaffelse" by "møbler", with no word list.
"""

from __future__ import annotations

import re
import unicodedata
from zlib import crc32

import numpy as np
import numpy.typing as npt

FEATURES = 1 << 20
"""Hash buckets; at a few hundred thousand distinct n-grams collisions are rare enough not to matter."""

_SIZES = (3, 4, 5)
_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f.](?=\d{3}(?!\d))")


def normalised(text: str) -> str:
    """Lower case, without ligatures and accents that keyboards lack, thousands written together."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("\u00ad", "")
    return _THOUSANDS.sub("", plain)


def features(text: str) -> npt.NDArray[np.uint32]:
    """The distinct n-gram buckets of a text, ascending."""
    found: set[int] = set()
    for word in _WORD.findall(normalised(text)):
        padded = f" {word} ".encode()
        for size in _SIZES:
            for start in range(max(1, len(padded) - size + 1)):
                found.add(crc32(padded[start : start + size]) & (FEATURES - 1))
    return np.array(sorted(found), np.uint32)
