"""The colours, steps and type of the program: the only place where a colour is a literal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True)
class Palette:
    """One theme. A name says the job, never the hue; `*_text` is for words and icons, `*_soft` for grounds."""

    name: Literal["light", "dark"]
    canvas: str
    rail: str
    surface: str
    raised: str
    sunken: str
    hover: str
    pressed: str
    selected: str
    line: str
    edge: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    accent_soft: str
    gold_text: str
    gold: str
    gold_soft: str
    red_text: str
    red: str
    red_soft: str
    blue_text: str
    blue: str
    blue_soft: str
    plum_text: str
    plum: str
    plum_soft: str
    toast_text: str
    toast_red: str  # the sign of a refusal on a toast, whose ground is ink
    scrim: str  # the veil behind dialogs, as #AARRGGBB
    shadow: str


LIGHT: Final = Palette(
    name="light",
    canvas="#F5F4F1",
    rail="#ECEAE5",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#F8F7F5",
    hover="#F3F1ED",
    pressed="#E6E3DC",
    selected="#E3F0EB",
    line="#E4E1DA",
    edge="#8C877D",
    ink="#211F1B",
    ink2="#55514A",
    ink3="#6B665D",
    accent="#136F5F",
    accent_hover="#0E5D4F",
    accent_pressed="#0A4A3F",
    on_accent="#FFFFFF",
    accent_text="#0F6354",
    accent_soft="#DFEFE9",
    gold_text="#7D5200",
    gold="#C08420",
    gold_soft="#FAEFD8",
    red_text="#A82C1C",
    red="#BE3A28",
    red_soft="#FBE7E2",
    blue_text="#28568F",
    blue="#3E73B5",
    blue_soft="#E5EDF7",
    plum_text="#773B80",
    plum="#9A5BA4",
    plum_soft="#F4E8F5",
    toast_text="#7FD8C3",
    toast_red="#F59A8A",
    scrim="#59211F1B",
    shadow="#211F1B",
)

DARK: Final = Palette(
    name="dark",
    canvas="#191817",
    rail="#131211",
    surface="#232120",
    raised="#2D2A28",
    sunken="#1E1C1B",
    hover="#2C2A28",
    pressed="#383532",
    selected="#1F3933",
    line="#373431",
    edge="#857F75",
    ink="#F1EEE8",
    ink2="#C0BAB0",
    ink3="#A19B91",
    accent="#4FB59E",
    accent_hover="#66C4AF",
    accent_pressed="#3E9A86",
    on_accent="#06211B",
    accent_text="#6CCBB5",
    accent_soft="#1C3731",
    gold_text="#E8B960",
    gold="#D9A03F",
    gold_soft="#3B2F18",
    red_text="#F59A8A",
    red="#E0705E",
    red_soft="#43231D",
    blue_text="#94BBEA",
    blue="#6D9DD6",
    blue_soft="#1F2E40",
    plum_text="#D7A2DE",
    plum="#B97FC2",
    plum_soft="#362539",
    toast_text="#0E5D4F",
    toast_red="#A82C1C",
    scrim="#99000000",
    shadow="#000000",
)

Hue = Literal["accent", "gold", "red", "blue", "plum"]
HUES: Final[tuple[Hue, ...]] = ("accent", "gold", "red", "blue", "plum")
AVATAR_HUES: Final[tuple[Hue, ...]] = ("accent", "gold", "blue", "plum")  # red would say something about the person
SERIES: Final = ("accent", "gold", "blue")  # a fourth series is an outline in edge: blue and plum merge for protanopes

STEPS: Final = (4, 8, 12, 16, 24, 32, 48)
PAGE_LEFT, PAGE_RIGHT, PAGE_BELOW = 24, 20, 20
PAGE_HEAD, WINDOW_HEAD, RAIL_WIDTH, RAIL_NARROW = 52, 48, 176, 56
RADIUS_KEYCAP, RADIUS_BADGE, RADIUS_CONTROL, RADIUS_TOAST, RADIUS_CARD, RADIUS_DIALOG = 5, 6, 8, 10, 12, 16

Role = Literal["caption", "small", "body", "strong", "section", "title", "figure", "total"]


@dataclass(frozen=True)
class Face:
    """One step of the type scale: logical pixels at 100 %, weight 400 or 600, and the height of its line."""

    size: int
    weight: int
    line: int


TYPE: Final[dict[Role, Face]] = {
    "caption": Face(12, 400, 16),
    "small": Face(13, 400, 20),
    "body": Face(14, 400, 20),
    "strong": Face(14, 600, 20),
    "section": Face(16, 600, 24),
    "title": Face(20, 600, 28),
    "figure": Face(26, 600, 32),
    "total": Face(32, 600, 40),
}

_GROUNDS = ("canvas", "rail", "surface", "raised", "sunken", "hover", "selected")
_TINTS = ("gold", "red", "blue", "plum")


def pairs_in_use() -> Iterator[tuple[str, str, float]]:
    """Every (front, ground, least contrast) the parts draw: words 4.5, edges and state marks 3."""
    for ground in _GROUNDS:
        yield from ((ink, ground, 4.5) for ink in ("ink", "ink2", "ink3", "accent_text"))
        yield "accent", ground, 3.0
    yield from (("edge", ground, 3.0) for ground in ("canvas", "surface", "raised", "sunken", "selected", "hover"))
    yield from (("on_accent", fill, 4.5) for fill in ("accent", "accent_hover", "accent_pressed"))
    for hue in HUES:
        yield f"{hue}_text", f"{hue}_soft", 4.5
        yield "ink", f"{hue}_soft", 4.5
        yield "ink2", f"{hue}_soft", 4.5
    for tint in _TINTS:
        yield from ((f"{tint}_text", ground, 4.5) for ground in ("surface", "canvas", "selected", "hover", "raised"))
        yield tint, "surface", 3.0
    yield from (("ink2", "pressed", 4.5), ("ink3", "accent_soft", 4.5), ("red_text", "rail", 4.5))
    yield from (("canvas", "ink", 4.5), ("toast_text", "ink", 4.5), ("toast_red", "ink", 3.0))


def contrast(front: str, ground: str) -> float:
    """The WCAG 2.2 ratio of two opaque `#RRGGBB` colours, 1 to 21."""
    high, low = sorted((_luminance(front), _luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
