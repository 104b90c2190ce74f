"""Money as whole minor units: amounts of lines, shares that add up, and how an amount is written."""

from collections.abc import Sequence
from dataclasses import dataclass

PRICE_UNITS = 10_000
QUANTITY_UNITS = 1_000


@dataclass(frozen=True)
class Currency:
    """How a currency counts and is written: `digits` minor digits, its own sign, and its sign among strangers."""

    code: str
    digits: int
    sign: str
    clear_sign: str


_TABLE = {
    "CNY": Currency("CNY", 2, "¥", "CN¥"),
    "HKD": Currency("HKD", 2, "HK$", "HK$"),
    "TWD": Currency("TWD", 2, "NT$", "NT$"),
    "SGD": Currency("SGD", 2, "S$", "S$"),
    "USD": Currency("USD", 2, "$", "US$"),
    "EUR": Currency("EUR", 2, "€", "€"),
    "GBP": Currency("GBP", 2, "£", "£"),
    "JPY": Currency("JPY", 0, "¥", "JP¥"),
}
CURRENCIES = tuple(_TABLE)


def currency(code: str) -> Currency:
    """The currency of an ISO 4217 code; one that is not in the table has two minor digits and its code as a sign."""
    return _TABLE.get(code) or Currency(code, 2, f"{code} ", f"{code} ")


def divide_half_up(numerator: int, denominator: int) -> int:
    """The quotient rounded to the nearest whole, halves away from zero, so that a return mirrors its sale."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -size if numerator < 0 else size


def line_amount(quantity: int, price: int, minor_digits: int = 2) -> int:
    """Minor units of a line: quantity in thousandths × price in 1/10,000 unit, rounded half-up once."""
    scaled: int = quantity * price * 10**minor_digits
    return divide_half_up(scaled, QUANTITY_UNITS * PRICE_UNITS)


def price_to_minor(price: int, minor_digits: int = 2) -> int:
    """A price of 1/10,000 units as minor units, rounded half-up."""
    return line_amount(QUANTITY_UNITS, price, minor_digits)


def minor_to_price(minor: int, minor_digits: int = 2) -> int:
    """Minor units as a price of 1/10,000 unit, exact."""
    factor: int = PRICE_UNITS // 10**minor_digits
    return minor * factor


def share_by_largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Split a total (of either sign) by weights ≥ 0 into whole shares that add up to it exactly.

    What flooring leaves over goes to the largest remainders, the earlier first. All weights zero: equal weights.
    Raises ValueError for a negative weight, or when there is something to share and nobody to share it.
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("negative weight")
    if not weights:
        if total:
            raise ValueError("nothing to share by")
        return []
    if not any(weights):
        weights = [1] * len(weights)
    if total < 0:
        return [-share for share in share_by_largest_remainder(-total, weights)]
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def decimal_string(units: int, digits: int, at_least: int | None = None) -> str:
    """Whole units of 10^-digits as a plain decimal, without the last zeros beyond `at_least` decimals."""
    sign, size = ("-" if units < 0 else ""), str(abs(units)).rjust(digits + 1, "0")
    whole, fraction = (size[:-digits], size[-digits:]) if digits else (size, "")
    if at_least is not None:
        fraction = fraction[:at_least] + fraction[at_least:].rstrip("0")
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"


def to_decimal_string(minor: int, minor_digits: int = 2) -> str:
    """Minor units as a plain decimal string for files and JSON: "-12.30"."""
    return decimal_string(minor, minor_digits)


def price_to_decimal_string(price: int, minor_digits: int = 2) -> str:
    """A price as a plain decimal with two to four decimals: "2.55", "0.0125"."""
    return decimal_string(price, 4, at_least=minor_digits)


def quantity_to_decimal_string(quantity: int) -> str:
    """Thousandths as a plain decimal without idle zeros: "6", "0.25"."""
    return decimal_string(quantity, 3, at_least=0)


def format_money(minor: int, currency_code: str, language: str, *, drop_zeros: bool = False) -> str:
    """An amount as a person reads it: "¥1,234.50", "−¥3.00"; the yen and the yuan are told apart abroad.

    `drop_zeros` leaves out the minor digits of a whole amount ("¥620"). Grouping by thousands in every language.
    """
    kind = currency(currency_code)
    sign = kind.sign if _at_home(currency_code, language) else kind.clear_sign
    plain = decimal_string(abs(minor), kind.digits)
    whole, _, fraction = plain.partition(".")
    if drop_zeros and not fraction.strip("0"):
        fraction = ""
    body = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    return f"{'−' if minor < 0 else ''}{sign}{body}"


def _at_home(code: str, language: str) -> bool:
    """Only ¥ is shared by two currencies: it stays bare for the yuan, and for the yen where Japanese is read."""
    return code != "JPY" or language.startswith("ja")
