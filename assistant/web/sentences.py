"""An answer's words as safe HTML: paragraphs, lists, bold, markers and a document's own words. All else is text.

Images and links written in an answer are shown as the characters they are: the only links a reader
can follow are those the window makes itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

_BLANK = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_MARKER = re.compile(r"\s?\[(\d{1,3})\]")
_OPENS, _CLOSES = "«»“”„", "«»“”"
"""Quotation marks as each language sets them."""
_SHORT_FIRST = re.compile(rf"([^{_OPENS}\n]{{1,120}}?\s?\[\d{{1,3}}\]\.)\s+(?=\S)")
"""An answer in a few words before the rule it stands on."""
_FIRST_QUOTE = re.compile(rf"(.+?[{_CLOSES}](?:\s?\[\d{{1,3}}\])+\.?)\s+(?=\S)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Of an answer: `markers` become links to `#{anchor}-{marker}`; `quotes` are told from our own words.

    A quote comes with its language; the longest comes first.
    """

    anchor: str = "kilde"
    markers: frozenset[int] = frozenset()
    quotes: tuple[tuple[str, str], ...] = ()


def sentences(markdown: str, words: Words) -> Markup:
    return Markup("").join(_block(block, words) for block in _blocks(markdown))


def paragraphs(markdown: str, words: Words) -> Markup:
    """As `sentences`; an answer in one paragraph is divided: a short answer, the rule, what more is said."""
    blocks = _blocks(markdown)
    if len(blocks) != 1 or _is_list(blocks[0]):
        return sentences(markdown, words)
    short, divided = _divided(blocks[0])
    first = Markup('<p class="short-answer">{}</p>').format(_line(short, words)) if short else Markup("")
    return first + Markup("").join(_block(block, words) for block in divided)


def in_line(markdown: str, words: Words) -> Markup:
    """One line of an answer, with its markers as links."""
    return _line(" ".join(markdown.split()), words)


def _blocks(markdown: str) -> list[str]:
    return [block for block in _BLANK.split(markdown.strip()) if block.strip()]


def _divided(block: str) -> tuple[str, list[str]]:
    """An answer of a few words, where it begins with one, and the rest, divided after its first quote."""
    short = _SHORT_FIRST.match(block)
    rest = block[short.end() :] if short else block
    rule = _FIRST_QUOTE.match(rest)
    return short[1] if short else "", [rule[1], rest[rule.end() :]] if rule else [rest]


def without_lists(markdown: str) -> tuple[str, str]:
    """What stands before the first list and what stands after it."""
    blocks = _blocks(markdown)
    at = next((n for n, block in enumerate(blocks) if _is_list(block)), len(blocks))
    after = [block for block in blocks[at:] if not _is_list(block)]
    return "\n\n".join(blocks[:at]), "\n\n".join(after)


def _is_list(block: str) -> bool:
    return all(_BULLET.match(line) for line in block.splitlines())


def plain(markdown: str) -> str:
    """The words without bold marks; the source markers stay."""
    return _BOLD.sub(r"\1", markdown).strip()


def _block(block: str, words: Words) -> Markup:
    lines = block.splitlines()
    if _is_list(block):
        items = (_line(_BULLET.sub("", line, count=1), words) for line in lines)
        return Markup("<ul>{}</ul>").format(
            Markup("").join(Markup("<li>{}</li>").format(item) for item in items)
        )
    return Markup("<p>{}</p>").format(Markup("<br>").join(_line(line.lstrip("# "), words) for line in lines))


def _line(line: str, words: Words) -> Markup:
    bold = _BOLD.sub(r"<strong>\1</strong>", str(escape(line)))
    quoted = _with_quotes(bold, words)

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in words.markers:
            return match[0]
        tied = "\u00a0" if match[0][0].isspace() else ""
        return f'{tied}<a class="marker" href="#{words.anchor}-{number}">[{number}]</a>'

    return Markup(_MARKER.sub(link, quoted))


def _with_quotes(line: str, words: Words) -> str:
    """A document's own words, where they stand between quotation marks, each in its language."""
    line = line.replace("\x00", "")
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(f'<span class="own-words"{lang}>{match[0]}</span>')
        return f"\x00{len(kept) - 1}\x00"

    for quote, language in words.quotes:
        lang = f' lang="{language}"' if language else ""
        own = r"\s+".join(re.escape(str(escape(word))) for word in quote.split())
        line = re.sub(f"[{_OPENS}]{own}[{_CLOSES}]", keep, line)
    return re.sub("\x00(\\d+)\x00", lambda match: kept[int(match[1])], line)
