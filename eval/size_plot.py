"""Time over size, both on scales of powers of ten, as one picture. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

_WIDTH, _HEIGHT = 640, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 90, 46, 56
_INK, _FAINT, _P50, _P95, _ENCODING = "#222", "#ddd", "#1f5fa8", "#b3470f", "#666"
_FACTS = 'font-family="system-ui, sans-serif" font-size="13"'

Point = tuple[int, float, float]
"""Statements, and milliseconds at the median and the 95th percentile."""
Scale = Callable[[float], float]


def size_svg(points: Sequence[Point], encoding: tuple[float, float] | None = None) -> str:
    """The curve of both percentiles; dashed across it, the median of encoding a question."""
    sizes = [float(size) for size, _, _ in points]
    times = [ms for _, *both in points for ms in both] + ([encoding[0]] if encoding else [])
    x = _scale(sizes, _LEFT, _WIDTH - _RIGHT)
    y = _scale(times, _HEIGHT - _BOTTOM, _TOP)
    told = "; ".join(f"{size:,} statements: {p50:.1f} and {p95:.1f} ms" for size, p50, p95 in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" {_FACTS} fill="{_INK}">'
        f"<title>Milliseconds a search, by statements in the index</title><desc>{told}</desc>"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>{_grid(x, y, sizes, times)}'
        f"{_dashed(y, encoding[0]) if encoding else ''}"
        f"{_curve(x, y, [(size, p50) for size, p50, _ in points], _P50, 'median', 14)}"
        f"{_curve(x, y, [(size, p95) for size, _, p95 in points], _P95, '95th pct.', -2)}"
        f'<text x="{_LEFT}" y="{_TOP - 22}">milliseconds a search</text>'
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 14}" text-anchor="middle">statements</text></svg>\n'
    )


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """Whole powers of ten around the values."""
    low = math.floor(math.log10(max(min(values), 1e-3)))
    return low, max(low + 1, math.ceil(math.log10(max(*values, 1e-3))))


def _scale(values: Sequence[float], start: float, end: float) -> Scale:
    low, high = _bounds(values)
    return lambda value: start + (math.log10(max(value, 1e-3)) - low) / (high - low) * (end - start)


def _grid(x: Scale, y: Scale, sizes: Sequence[float], times: Sequence[float]) -> str:
    low, high = _bounds(times)
    right = _WIDTH - _RIGHT
    lines = [
        f'<line x1="{_LEFT}" x2="{right}" y1="{y(10**power):.1f}" y2="{y(10**power):.1f}" stroke="{_FAINT}"/>'
        f'<text x="{_LEFT - 8}" y="{y(10**power) + 4:.1f}" text-anchor="end">{10**power:g}</text>'
        for power in range(int(low), int(high) + 1)
    ]
    lines += [
        f'<line x1="{x(size):.1f}" x2="{x(size):.1f}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}" stroke="{_FAINT}"/>'
        f'<text x="{x(size):.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{size:,.0f}</text>'
        for size in sizes
    ]
    return "".join(lines)


def _curve(
    x: Scale, y: Scale, points: Sequence[tuple[int, float]], colour: str, label: str, drop: int
) -> str:
    path = " ".join(f"{x(size):.1f},{y(ms):.1f}" for size, ms in points)
    dots = "".join(f'<circle cx="{x(size):.1f}" cy="{y(ms):.1f}" r="3.5"/>' for size, ms in points)
    last = points[-1]
    return (
        f'<g fill="{colour}"><polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'
        f'<text x="{x(last[0]) + 8:.1f}" y="{y(last[1]) + drop:.1f}">{last[1]:.0f} · {label}</text></g>'
    )


def _dashed(y: Scale, ms: float) -> str:
    return (
        f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y(ms):.1f}" y2="{y(ms):.1f}" stroke="{_ENCODING}"'
        f' stroke-dasharray="5 4"/><text x="{_LEFT + 6}" y="{y(ms) - 6:.1f}" fill="{_ENCODING}">'
        f"encoding the question: {ms:.0f}</text>"
    )
