"""Which text on a PDF page cannot be seen: white on bare paper, or drawn in no ink at all.

Follows the page's drawing operators only as far as that takes. It errs towards visible: any coloured
area, picture or shading under white text counts as its background.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Matrix = Sequence[float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_NO_INK = 3
"""Text rendering mode that neither fills nor strokes; text recognition leaves it under a scan."""
_NEARLY = 0.98
_MOST_AREAS = 2_000
"""A page with more coloured areas is a map or a drawing: everything on it counts as painted."""
_WHOLE_PAGE = 0.5
"""The share of the page that pictures must cover for text without ink to be a scan's own text."""

Box = tuple[float, float, float, float]


def combined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


@dataclass(frozen=True, slots=True)
class _State:
    white: bool = False
    mode: int = 0
    space: str = "/DeviceGray"


class Ink:
    """Fed every operator of one page; told when a piece of text is complete."""

    def __init__(self, resources: Any) -> None:
        self.base: Matrix = IDENTITY
        self._resources = resources
        self._forms: list[tuple[Matrix, Any, _State, int]] = []
        self._state = _State()
        self._stack: list[_State] = []
        self._painted: list[Box] = []
        self._pictures = 0.0
        self._everywhere = False
        self._path: list[tuple[float, float]] = []
        self._white = 0
        self._inkless = 0
        self._shown = 0
        self._handlers: dict[bytes, Callable[[Any, Matrix, Matrix], None]] = {
            b"q": self._save,
            b"Q": self._restore,
            b"rg": self._colour,
            b"g": self._colour,
            b"k": self._colour,
            b"sc": self._colour,
            b"scn": self._colour,
            b"cs": self._colour_space,
            b"Tr": self._mode,
            b"re": self._rectangle,
            b"sh": self._shade,
            b"Do": self._enter,
            b"INLINE IMAGE": self._picture,
            **dict.fromkeys((b"m", b"l", b"c", b"v", b"y"), self._point),
            **dict.fromkeys((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"), self._fill),
            **dict.fromkeys((b"S", b"s", b"n"), self._forget_path),
            **dict.fromkeys((b"Tj", b"TJ", b"'", b'"'), self._show),
        }

    def before(self, operator: bytes, operands: Any, cm: Matrix, tm: Matrix) -> None:
        handler = self._handlers.get(operator)
        if handler is not None:
            handler(operands, cm, tm)

    def after(self, operator: bytes, _operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        if operator == b"Do" and self._forms:
            self.base, self._resources, self._state, depth = self._forms.pop()
            del self._stack[depth:]

    def piece_done(self) -> tuple[float, float]:
        """The shares of the piece just completed that are white on paper, and drawn without ink."""
        shown = self._shown or 1
        shares = self._white / shown, self._inkless / shown
        self._white = self._inkless = self._shown = 0
        return shares

    def is_scan(self, page_area: float) -> bool:
        return self._pictures >= page_area * _WHOLE_PAGE

    def _save(self, _operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        self._stack.append(self._state)

    def _restore(self, _operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        if self._stack:
            self._state = self._stack.pop()

    def _colour(self, operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        white = _is_white(operands, self._state.space)
        if white is not self._state.white:
            self._state = _State(white, self._state.mode, self._state.space)

    def _colour_space(self, operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        space = str(operands[0]) if operands else ""
        self._state = _State(False, self._state.mode, space)

    def _mode(self, operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        mode = operands[0] if operands and isinstance(operands[0], int) else 0
        self._state = _State(self._state.white, mode, self._state.space)

    def _show(self, operands: Any, cm: Matrix, tm: Matrix) -> None:
        count = _length(operands)
        self._shown += count
        if self._state.mode == _NO_INK:
            self._inkless += count
        elif self._state.white:
            place = combined(combined(tm, cm), self.base)
            if not self._is_painted(place[4] + 1.0, place[5] + 2.0):
                self._white += count

    def _is_painted(self, x: float, y: float) -> bool:
        return self._everywhere or any(
            left <= x <= right and low <= y <= high for left, low, right, high in self._painted
        )

    def _rectangle(self, operands: Any, cm: Matrix, _tm: Matrix) -> None:
        if len(operands) == 4 and all(isinstance(value, (int, float)) for value in operands):
            x, y, width, height = (float(value) for value in operands)
            for corner in ((x, y), (x + width, y), (x, y + height), (x + width, y + height)):
                self._path.append(self._placed(corner, cm))

    def _point(self, operands: Any, cm: Matrix, _tm: Matrix) -> None:
        if len(operands) >= 2 and all(isinstance(value, (int, float)) for value in operands[-2:]):
            self._path.append(self._placed((float(operands[-2]), float(operands[-1])), cm))

    def _placed(self, point: tuple[float, float], cm: Matrix) -> tuple[float, float]:
        matrix = combined(cm, self.base)
        x, y = point
        return (
            x * matrix[0] + y * matrix[2] + matrix[4],
            x * matrix[1] + y * matrix[3] + matrix[5],
        )

    def _fill(self, _operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        if self._path and not self._state.white:
            self._paint(self._path)
        self._path = []

    def _forget_path(self, _operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        self._path = []

    def _shade(self, _operands: Any, _cm: Matrix, _tm: Matrix) -> None:
        self._everywhere = True

    def _picture(self, _operands: Any, cm: Matrix, _tm: Matrix) -> None:
        corners = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
        left, low, right, high = self._paint([self._placed(corner, cm) for corner in corners])
        self._pictures += (right - left) * (high - low)

    def _paint(self, points: list[tuple[float, float]]) -> Box:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs) - 1.0, min(ys) - 1.0, max(xs) + 1.0, max(ys) + 1.0)
        self._painted.append(box)
        self._everywhere = self._everywhere or len(self._painted) > _MOST_AREAS
        return box

    def _enter(self, operands: Any, cm: Matrix, tm: Matrix) -> None:
        """A picture is painted; a form is a drawing of its own, in its own coordinates."""
        self._forms.append((self.base, self._resources, self._state, len(self._stack)))
        drawn = _named_object(self._resources, operands)
        if drawn is None:
            return
        if drawn.get("/Subtype") == "/Image":
            self._picture(operands, cm, tm)
        elif drawn.get("/Subtype") == "/Form":
            own = drawn.get("/Matrix")
            matrix = tuple(map(float, own)) if own is not None and len(own) == 6 else IDENTITY
            self.base = combined(combined(matrix, cm), self.base)
            self._resources = drawn.get("/Resources") or self._resources


def _named_object(resources: Any, operands: Any) -> Any:
    """The object that `Do` draws, or None where the file names one it does not have."""
    if not operands or resources is None:
        return None
    objects = resources.get_object().get("/XObject")
    drawn = None if objects is None else objects.get_object().get(operands[0])
    return None if drawn is None else drawn.get_object()


def _is_white(operands: Any, space: str) -> bool:
    values = [value for value in operands if isinstance(value, (int, float))]
    if len(values) == 3:
        return min(values) >= _NEARLY
    if len(values) == 4:
        return max(values) <= 1 - _NEARLY
    # One value may also be the strength of a spot colour, where 1 is full ink.
    return len(values) == 1 and values[0] >= _NEARLY and "Gray" in space


def _length(operands: Any) -> int:
    shown = operands[-1] if operands else b""
    parts = shown if isinstance(shown, list) else [shown]
    return sum(len(part) for part in parts if isinstance(part, (str, bytes)))
