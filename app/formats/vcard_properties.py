"""What each property means for a card: one function a kind, and the table of all that have a place."""

from collections.abc import Callable

from app.domain.birthdays import Birthday
from app.domain.text import one_line
from app.formats import vcard_dates as dates
from app.formats.values import parse_gender
from app.formats.vcard_contacts import is_wechat, mail, phone, rounded, wechat_id
from app.formats.vcard_draft import Draft
from app.formats.vcard_labels import unwrapped
from app.formats.vcard_lines import Property
from app.formats.vcard_photos import photo
from app.formats.vcard_records import Address, LabelledDate, LabelledText, Trouble
from app.formats.vcard_values import decoded, names, pieces

OWN = "X-REGULARS-"
_SILENT = frozenset({"VERSION", "PRODID", "BEGIN", "END", "X-ABLABEL", "X-ABADR", "X-APPLE-SUBLOCALITY"})
_ANDROID = "vnd.android.cursor.item/"
_MIUI_LUNAR = "vnd.com.miui.cursor.item/lunarbirthday"
_ANNIVERSARY = ("anniversary", "纪念日", "周年纪念日")


def take(draft: Draft, found: Property) -> None:
    """Put a property where it belongs; what belongs nowhere is left, and named."""
    if found.name in _SILENT or not found.raw or found.raw.isspace():
        return
    known = _KINDS.get(found.name)
    if known:
        known(draft, found)
    elif found.name.startswith(OWN):
        draft.own.append((found.name.removeprefix(OWN), draft.text(found)))
    else:
        draft.leave(found)


def _single(draft: Draft, found: Property) -> None:
    """The first of a kind counts: NICKNAME, TITLE, UID, …"""
    value = draft.line(found)
    if value and draft.single.setdefault(found.name, value) != value:
        draft.leave(found)


def _formatted(draft: Draft, found: Property) -> None:
    if value := draft.line(found):
        draft.single.setdefault("FN", value)


def _name(draft: Draft, found: Property) -> None:
    if any(draft.name):
        draft.leave(found)
    else:
        draft.name = [one_line(part) for part in names(found, draft.version, draft.encoding)]


def _phone(draft: Draft, found: Property) -> None:
    number = one_line(phone(draft.text(found)))
    if rounded(number):
        draft.note(Trouble.ROUNDED_PHONE, found)
    elif number:
        draft.phones.append((found.pref, LabelledText(number, draft.label(found))))


def _email(draft: Draft, found: Property) -> None:
    if address := one_line(mail(draft.text(found))):
        draft.emails.append((found.pref, LabelledText(address, draft.label(found))))


def _url(draft: Draft, found: Property) -> None:
    if address := draft.line(found):
        draft.urls.append((found.pref, LabelledText(address, draft.label(found))))


def _address(draft: Draft, found: Property) -> None:
    parts = [one.strip() for one in draft.parts(found, 7)[:7]]
    if any(parts):
        po_box, extended, street, city, region, postal, country = parts
        label = draft.label(found)
        address = Address(street, label, city, region, postal, country, extended, po_box)
        draft.addresses.append((found.pref, address))


def _address_text(draft: Draft, found: Property) -> None:
    """LABEL is an address as one text; it counts where there is none in parts."""
    draft.single.setdefault("LABEL", draft.text(found).strip())


def _organisation(draft: Draft, found: Property) -> None:
    name, *units = [one_line(part) for part in draft.parts(found, 1)]
    if "ORG" in draft.single:
        draft.leave(found)
    elif name or any(units):
        draft.single["ORG"] = name
        if any(units):
            draft.single["X-DEPARTMENT"] = " ".join(unit for unit in units if unit)


def _note(draft: Draft, found: Property) -> None:
    if value := draft.text(found).strip():
        draft.notes.append(value)


def _categories(draft: Draft, found: Property) -> None:
    draft.tags.update((tag, None) for part in draft.parts(found, 1, ",") if (tag := one_line(part)))


def _birthday(draft: Draft, found: Property) -> None:
    if found.params.get("CALSCALE", "").lower() == "chinese":
        _lunar_birthday(draft, found)
    elif day := _solar_day(draft, found):
        draft.birthday = draft.birthday or day


def _lunar_birthday(draft: Draft, found: Property) -> None:
    if found.params.get("CALSCALE", "chinese").lower() != "chinese":
        draft.leave(found)
    elif day := dates.lunar(draft.text(found)):
        draft.lunar_birthday = draft.lunar_birthday or day
    else:
        draft.note(Trouble.BAD_DATE, found)


def _anniversary(draft: Draft, found: Property) -> None:
    if day := _solar_day(draft, found):
        draft.days[LabelledDate(day, "anniversary")] = None


def _other_day(draft: Draft, found: Property) -> None:
    if day := _solar_day(draft, found):
        _keep_day(draft, day, unwrapped(draft.own_label(found)))


def _solar_day(draft: Draft, found: Property) -> Birthday | None:
    value = draft.text(found)
    day = dates.solar(value, found.params.get("X-APPLE-OMIT-YEAR", ""))
    if not day and value.strip():
        draft.note(Trouble.BAD_DATE, found)
    return day


def _keep_day(draft: Draft, day: Birthday, label: str) -> None:
    word = "anniversary" if label.casefold() in _ANNIVERSARY else one_line(label)
    draft.days[LabelledDate(day, word or "other")] = None


def _android(draft: Draft, found: Property) -> None:
    """A row of a phone's own table: its kind, then its columns."""
    kind, one, two, word = draft.parts(found, 4)[:4]
    if kind.lower() == _MIUI_LUNAR and (day := dates.lunar(one)):
        draft.lunar_event = draft.lunar_event or day
    elif kind == _ANDROID + "nickname" and one:
        draft.single.setdefault("NICKNAME", one_line(one))
    elif kind == _ANDROID + "contact_event" and one:
        _android_day(draft, found, (one, two, word))
    else:
        draft.leave(found)


def _android_day(draft: Draft, found: Property, columns: tuple[str, str, str]) -> None:
    """A day, its kind (1 anniversary, 3 birthday, 0 the person's own) and the word for it."""
    value, kind, word = columns
    lunar = dates.says_lunar(word)
    named = dates.lunar_label(word) if lunar else ""
    if lunar and not named and draft.lunar_birthday:
        return  # the same day, said twice
    day = dates.lunar(("闰" if "闰" in word else "") + value) if lunar else dates.solar(value)
    if not day:
        draft.note(Trouble.BAD_DATE, found)
    elif named:
        _keep_day(draft, day, named)
    elif lunar:
        draft.lunar_event = draft.lunar_event or day
    elif kind == "3":
        draft.birthday = draft.birthday or day
    else:
        _keep_day(draft, day, "anniversary" if kind == "1" else word)


def _wechat(draft: Draft, found: Property) -> None:
    if value := one_line(wechat_id(draft.text(found), "")):
        draft.single.setdefault("X-WECHAT", value)


def _message(draft: Draft, found: Property) -> None:
    service = decoded(found.params.get("X-SERVICE-TYPE", ""), "", draft.encoding)
    user = decoded(found.params.get("X-USER", ""), "", draft.encoding)
    if is_wechat(found, unwrapped(draft.own_label(found)), service):
        draft.single.setdefault("IMPP", one_line(wechat_id(draft.text(found), user)))
    else:
        draft.leave(found)


def _gender(draft: Draft, found: Property) -> None:
    word = parse_gender(pieces(draft.text(found), ";")[0])
    if word:
        draft.single.setdefault("GENDER", word)
    else:
        draft.leave(found)


def _photo(draft: Draft, found: Property) -> None:
    got = photo(found)
    if isinstance(got, Trouble):
        draft.note(got, found)
    elif got and not draft.photo:
        draft.photo = got
    else:
        draft.leave(found)


_KINDS: dict[str, Callable[[Draft, Property], None]] = {
    "FN": _formatted,
    "N": _name,
    "NICKNAME": _single,
    "ORG": _organisation,
    "X-DEPARTMENT": _single,
    "TITLE": _single,
    "TEL": _phone,
    "EMAIL": _email,
    "URL": _url,
    "ADR": _address,
    "LABEL": _address_text,
    "X-WECHAT": _wechat,
    "X-WEIXIN": _wechat,
    "IMPP": _message,
    "X-SOCIALPROFILE": _message,
    "BDAY": _birthday,
    "X-ALTBDAY": _lunar_birthday,
    "ANNIVERSARY": _anniversary,
    "X-ANNIVERSARY": _anniversary,
    "X-EVOLUTION-ANNIVERSARY": _anniversary,
    "X-ABDATE": _other_day,
    "X-ANDROID-CUSTOM": _android,
    "GENDER": _gender,
    "X-GENDER": _gender,
    "NOTE": _note,
    "CATEGORIES": _categories,
    "PHOTO": _photo,
    "UID": _single,
    "REV": _single,
}
