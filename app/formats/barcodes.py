"""Words as the bars and squares a scanner reads. What is made is plain ones and zeros: painting is for the screens."""

from collections.abc import Sequence

_EAN = {13: "EAN13", 8: "EAN8"}


def bars(words: str) -> str:
    """The modules of a barcode from left to right, "1" for dark, without the quiet zone beside it.

    An EAN where the digits are one with the right check digit, else Code 128; "" for words that no barcode holds.
    """
    import barcode
    from barcode.errors import BarcodeError

    if not words or not words.isascii() or not words.isprintable():
        return ""
    try:
        if is_ean(words):
            kind = getattr(barcode, _EAN[len(words)])
            return str(kind(words).build()[0])
        return str(barcode.Code128(words).build()[0])
    except BarcodeError:
        return ""


def is_ean(words: str) -> bool:
    """Whether these are the digits of an EAN-13 or EAN-8, the check digit right (GS1 General Specifications, 7.9)."""
    if len(words) not in _EAN or not (words.isascii() and words.isdigit()):
        return False
    weighed = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(words[:-1])))
    return (weighed + int(words[-1])) % 10 == 0


def squares(words: str) -> Sequence[Sequence[int]]:
    """The rows of a QR code, 1 for dark, without the quiet zone of four modules around it.

    A quarter of it may be dirty or worn (level Q). Raises ValueError for more than a code holds.
    """
    import segno

    return segno.make_qr(words, error="q").matrix
