"""Turns a PDF into what a scanner makes of its paper copy: grey, slightly turned page images."""

from __future__ import annotations

import io
import zlib
from datetime import UTC, datetime

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_DPI = 160
_LARGEST_TURN = 0.6
_SIZE_LIMIT = 1_400_000
_QUALITIES = (55, 48, 42, 36, 30, 24)
# A fixed date keeps the bytes the same from one run to the next.
_DATE = datetime(2021, 5, 3, tzinfo=UTC).timetuple()


def scanned(pdf: bytes) -> bytes:
    """An image-only PDF of the pages, as sharp as the size limit allows."""
    noise = np.random.default_rng(zlib.crc32(pdf))
    pages = [_paper(page, noise) for page in _rendered(pdf)]
    for quality in _QUALITIES:
        made = _image_pdf(pages, quality)
        if len(made) <= _SIZE_LIMIT:
            return made
    raise ValueError(f"{len(pages)} scanned pages exceed {_SIZE_LIMIT} bytes; shorten the document")


def _rendered(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=_DPI / 72).to_pil().convert("L") for page in document]


def _paper(image: Image.Image, noise: np.random.Generator) -> Image.Image:
    """The page turned a little, softened and speckled, on paper that is not quite white."""
    turn = float(noise.uniform(-_LARGEST_TURN, _LARGEST_TURN))
    turned = image.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(0.55))
    grain = noise.normal(0.0, 3.0, size=(soft.height, soft.width))
    pixels = np.asarray(soft, dtype=np.float64) * 0.93 + 10 + grain
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def _image_pdf(pages: list[Image.Image], quality: int) -> bytes:
    buffer = io.BytesIO()
    pages[0].save(
        buffer,
        format="PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=_DPI,
        quality=quality,
        creationDate=_DATE,
        modDate=_DATE,
    )
    return buffer.getvalue()
