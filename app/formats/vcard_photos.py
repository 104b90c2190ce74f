"""The picture in a card: base64 or a data: address, with the kind its first bytes say it is."""

from app.formats.vcard_lines import Property
from app.formats.vcard_records import MAX_PHOTO, Photo, Trouble
from app.formats.vcard_values import data_uri, from_base64

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
)
_BASE64_OF_LIMIT = MAX_PHOTO * 4 // 3 * 5 // 4  # with room for line ends and blanks


def photo(found: Property) -> Photo | Trouble | None:
    """The picture, why there is none, or None for the address of one somewhere else."""
    if found.encoding != "B" and found.raw[:5].lower() != "data:":
        return None
    if len(found.raw) > _BASE64_OF_LIMIT:
        return Trouble.PHOTO_TOO_LARGE
    carried = data_uri(found.raw.strip().replace("\\,", ",").replace("\\;", ";"))
    data, media = carried or (from_base64(found.raw), "")
    if not data:
        return Trouble.PHOTO_UNREADABLE
    if len(data) > MAX_PHOTO:
        return Trouble.PHOTO_TOO_LARGE
    return Photo(data, _kind(data) or media or _declared(found))


def _kind(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "image/heic"
    return next((media for magic, media in _MAGIC if data.startswith(magic)), "")


def _declared(found: Property) -> str:
    said = found.params.get("MEDIATYPE", "") or (found.types[0] if found.types else "")
    word = said.lower()
    if "/" in word:
        return word
    return f"image/{word}" if word.isalnum() and word.isascii() else "application/octet-stream"
