"""The trade-off of answering and abstaining, as one inline picture. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from eval.measures.risk import RiskPoint

_WIDTH, _HEIGHT = 640, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 20, 40, 50


def risk_coverage_svg(points: Sequence[RiskPoint], description: str) -> str:
    """Risk over coverage, with the dashed line of its upper bound; described in words for who cannot see it."""
    top = min(1.0, max([0.1, *(point.risk for point in points)]) * 1.15)
    x, y = _scales(top)
    curve = " ".join(f"{x(point.coverage):.1f},{y(point.risk):.1f}" for point in points)
    bound = " ".join(f"{x(point.coverage):.1f},{y(min(top, point.bound)):.1f}" for point in points)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="rc-title rc-desc">'
        f'<title id="rc-title">Risk of a wrong answer by share of questions answered</title>'
        f'<desc id="rc-desc">{escape(description)}</desc>'
        f"{_grid(x, y, top)}"
        f'<polyline class="bound" points="{bound}"/><polyline class="curve" points="{curve}"/>'
        f"{_labels(x, y)}</svg>"
    )


def _scales(top: float) -> tuple[Callable[[float], float], Callable[[float], float]]:
    def x(coverage: float) -> float:
        return _LEFT + coverage * (_WIDTH - _LEFT - _RIGHT)

    def y(risk: float) -> float:
        return _HEIGHT - _BOTTOM - risk / top * (_HEIGHT - _TOP - _BOTTOM)

    return x, y


def _grid(x: Callable[[float], float], y: Callable[[float], float], top: float) -> str:
    lines = []
    for step in range(5):
        risk, coverage = top * step / 4, step / 4
        lines.append(
            f'<line class="grid" x1="{x(0):.1f}" x2="{x(1):.1f}" y1="{y(risk):.1f}" y2="{y(risk):.1f}"/>'
            f'<text x="{x(0) - 8:.1f}" y="{y(risk) + 4:.1f}" text-anchor="end">{risk:.0%}</text>'
            f'<text x="{x(coverage):.1f}" y="{y(0) + 20:.1f}" text-anchor="middle">{coverage:.0%}</text>'
        )
    lines.append(f'<line class="axis" x1="{x(0):.1f}" x2="{x(1):.1f}" y1="{y(0):.1f}" y2="{y(0):.1f}"/>')
    lines.append(f'<line class="axis" x1="{x(0):.1f}" x2="{x(0):.1f}" y1="{y(0):.1f}" y2="{y(top):.1f}"/>')
    return "".join(lines)


def _labels(x: Callable[[float], float], y: Callable[[float], float]) -> str:
    return (
        f'<text x="{x(0.5):.1f}" y="{y(0) + 40:.1f}" text-anchor="middle">share answered, surest first</text>'
        f'<text x="{x(0):.1f}" y="{_TOP - 20}">share of them wrong (dashed: 90 % upper bound)</text>'
    )
