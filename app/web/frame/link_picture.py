"""Paint the picture of a link: a title, its community, the stations of an idea. The same card, the same bytes."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

WIDTH, HEIGHT = 1200, 630
# Part of each version: another look is another picture.
LOOK = "2"
# How many pictures a process keeps, of about 25 kB each.
MOST_CACHED = 128
STATIC = Path(__file__).parents[3] / "static"
SERIF, SANS, BOLD = ("fraunces-latin-600", "atkinson-hyperlegible-latin-400", "atkinson-hyperlegible-latin-700")
FACES = {name: (STATIC / "fonts" / f"{name}-normal.woff2").read_bytes() for name in (SERIF, SANS, BOLD)}
ICON = (STATIC / "img" / "icon-180.png").read_bytes()
# The light theme of static/css/tokens.css: a colour with its wash.
COLOURS = {
    "food": ("#2f6b35", "#e7f0e2"),
    "school": ("#835400", "#f8edd6"),
    "transit": ("#1f5a9e", "#e3edf8"),
    "housing": ("#a33a20", "#f9e6df"),
    "fifth": ("#6d3a86", "#f0e6f5"),
    "neutral": ("#4c5361", "#eeeae1"),
}
PAPER, INK, MUTED, EDGE, SUN = "#fffdf9", "#1d2330", "#4c5361", "#857c6c", "#e2a33b"
LEFT, RIGHT, TOP, BOTTOM = 96, 1120, 122, 410
TITLE_SIZES, TEXT_SIZE, MOST_TEXT_LINES = (78, 68, 60, 52, 46), 31, 3
STATIONS_Y, DOT, STEP_SIZES = 450, 30, (24, 21, 18)
# The size at which shapes are measured, once each; widths grow with the size.
MEASURE = 100
_lock = Lock()


class Font(NamedTuple):
    name: str
    size: int

    @property
    def face(self) -> ImageFont.FreeTypeFont:
        return _face(self.name, self.size)

    @property
    def line_height(self) -> int:
        return int(self.size * 1.18)

    def width(self, text: str) -> float:
        """Return about how wide a text is, in pixels."""
        return sum(_width(sign, self.name) for sign in text) * self.size / MEASURE


@dataclass(frozen=True)
class Card:
    """What a picture shows; `stations` are (label, state) pairs (`frame/stations.py`)."""

    title: str
    site_name: str
    kicker: str = ""
    colour: str = "neutral"
    text: str = ""
    stations: tuple[tuple[str, str], ...] = ()

    @property
    def version(self) -> str:
        return blake2b(repr((LOOK, astuple(self))).encode(errors="replace"), digest_size=8).hexdigest()


def paint(card: Card) -> bytes:
    """Return the PNG of a card, 1200 by 630. One is painted at a time; the last ones are kept."""
    with _lock:
        return _paint(card)


@lru_cache(maxsize=MOST_CACHED)
def _paint(card: Card) -> bytes:
    colour, wash = COLOURS[card.colour]
    image = Image.new("RGB", (WIDTH, HEIGHT), wash)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((40, 32, WIDTH - 40, HEIGHT - 32), 18, fill=PAPER)
    draw.rectangle((0, 0, 16, HEIGHT), fill=colour)
    _write_line(draw, (LEFT, 62), card.kicker, Font(BOLD, 33), colour)
    _draw_words(draw, card)
    _draw_stations(image, draw, card, colour)
    _draw_foot(image, draw, card)
    return _png(image, card)


def _draw_words(draw: ImageDraw.ImageDraw, card: Card) -> None:
    """Write the title as large as it fits, then what room is left for of the text."""
    title = _drawable(card.title, SERIF) or _drawable(card.site_name, SERIF)
    font, lines = _fit(title)
    y = TOP
    for line in lines:
        _write(draw, (LEFT, y), line, font, INK)
        y += font.line_height
    small = Font(SANS, TEXT_SIZE)
    most = min((BOTTOM - y - 14) // small.line_height, MOST_TEXT_LINES)
    for line in _wrap(_drawable(card.text, SANS), small, most) if most > 0 else ():
        _write(draw, (LEFT, y + 14), line, small, MUTED)
        y += small.line_height


def _fit(title: str) -> tuple[Font, list[str]]:
    """Choose the largest size at which the title is whole; the smallest one cuts it."""
    for size in TITLE_SIZES:
        font = Font(SERIF, size)
        most = (BOTTOM - TOP) // font.line_height
        lines = _wrap(title, font, most + 1)
        if len(lines) <= most:
            break
    return font, _wrap(title, font, most)


def _draw_stations(image: Image.Image, draw: ImageDraw.ImageDraw, card: Card, colour: str) -> None:
    pace = (RIGHT - LEFT) // max(len(card.stations), 1)
    for number, (label, state) in enumerate(card.stations):
        x, is_here, is_last = LEFT + number * pace, state in ("now", "end"), number == len(card.stations) - 1
        if not is_last:
            _draw_way(draw, x, x + pace, colour if state == "done" else "")
        dot = _dot(
            SUN if state == "now" else colour if state in ("done", "end") else PAPER,
            EDGE if state in ("next", "beyond") else colour,
        )
        image.paste(dot, (x, STATIONS_Y), dot)
        _write_station(draw, x, pace - 12, label, is_here=is_here)


def _draw_way(draw: ImageDraw.ImageDraw, start: int, end: int, colour: str) -> None:
    """Draw the way to the next station: a line where it was travelled, else dots."""
    y = STATIONS_Y + DOT // 2
    if colour:
        draw.rectangle((start + DOT, y - 2, end, y + 2), fill=colour)
    for x in range(start + DOT + 8, end - 4, 14) if not colour else ():
        draw.rectangle((x, y - 2, x + 4, y + 2), fill=EDGE)


def _write_station(draw: ImageDraw.ImageDraw, x: int, width: int, label: str, *, is_here: bool) -> None:
    name = BOLD if is_here else SANS
    text = _drawable(label, name)
    fonts = [Font(name, size) for size in STEP_SIZES]
    font = next((one for one in fonts if one.width(text) <= width), fonts[-1])
    _write(draw, (x, STATIONS_Y + DOT + 8), _cut(text, font, width), font, INK if is_here else MUTED)


def _draw_foot(image: Image.Image, draw: ImageDraw.ImageDraw, card: Card) -> None:
    image.paste(_logo(), (LEFT, 537))
    _write_line(draw, (LEFT + 56, 541), card.site_name, Font(BOLD, 28), INK)


def _wrap(text: str, font: Font, most: int) -> list[str]:
    """Return at most so many lines that fit in the width; the last ends by … if there was more."""
    lines, line = [""], ""
    for word in _pieces(text, font):
        longer = f"{line} {word}".strip()
        if font.width(longer) <= RIGHT - LEFT:
            line = lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = _cut(longer, font, RIGHT - LEFT)
            break
        else:
            line = word
            lines.append(word)
    return lines


def _pieces(text: str, font: Font) -> Iterator[str]:
    """Yield the words, one that is wider than a line in pieces."""
    for word in text.split(" "):
        while font.width(word) > RIGHT - LEFT:
            head = _head(word, font, RIGHT - LEFT)
            yield head
            word = word[len(head) :]
        yield word


def _head(text: str, font: Font, width: float) -> str:
    """Return the beginning that fits in the width, one character at the least."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.width(text[:middle]) <= width else (low, middle - 1)
    return text[:low]


def _cut(text: str, font: Font, width: float) -> str:
    """Return one line that fits in the width, ended by … if it was cut."""
    if font.width(text) <= width:
        return text
    return _head(text, font, width - font.width("…")).rstrip(" ,;:.") + "…"


def _drawable(text: str, name: str) -> str:
    """Return what the font has shapes for: emoji and other scripts are left out."""
    shapes = "".join(sign for sign in text.replace("\u202f", "\u00a0") if _has_shape(sign, name))
    return " ".join(filter(None, shapes.split(" ")))


@lru_cache(maxsize=4096)
def _has_shape(sign: str, name: str) -> bool:
    return sign in " \u00a0" or _shape(sign, name) not in (_shape("\U0010fffe", name), (0, b""))


def _shape(sign: str, name: str) -> tuple[int, bytes]:
    mask = _face(name, 32).getmask(sign)
    return mask.size[0], bytes(mask)


def _write_line(draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, font: Font, fill: str) -> None:
    """Write what fits of a text up to the edge."""
    _write(draw, place, _cut(_drawable(text, font.name), font, RIGHT - place[0]), font, fill)


def _write(draw: ImageDraw.ImageDraw, place: tuple[int, int], text: str, font: Font, fill: str) -> None:
    draw.text(place, text, font=font.face, fill=fill)


@lru_cache(maxsize=4096)
def _width(sign: str, name: str) -> float:
    return _face(name, MEASURE).getlength(sign)


@lru_cache(maxsize=32)
def _face(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(FACES[name]), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=32)
def _dot(fill: str, ring: str) -> Image.Image:
    """Draw a station four times as large, then shrink it: its edge is smooth."""
    large = Image.new("RGBA", (DOT * 4, DOT * 4))
    ImageDraw.Draw(large).ellipse((2, 2, DOT * 4 - 3, DOT * 4 - 3), fill=fill, outline=ring, width=16)
    return large.resize((DOT, DOT), Image.Resampling.LANCZOS)


@lru_cache(maxsize=1)
def _logo() -> Image.Image:
    with Image.open(BytesIO(ICON)) as icon:
        return icon.convert("RGB").resize((44, 44), Image.Resampling.LANCZOS)


def _png(image: Image.Image, card: Card) -> bytes:
    """Write the picture in 128 colours, with its title in words."""
    words, file = PngImagePlugin.PngInfo(), BytesIO()
    words.add_itxt("Title", card.title)
    image.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG", pnginfo=words)
    return file.getvalue()
