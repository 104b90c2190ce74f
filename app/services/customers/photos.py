"""The small picture of a person: a JPEG that lies in the file, so that every copy of the shop has it."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.customers import CustomerPhoto
from app.services.customers.families import answered_for, answering

MOST_BYTES = 64 * 1024
_BEGINS, _ENDS = b"\xff\xd8\xff", b"\xff\xd9"


class PhotoTooLarge(ShopError):
    """The picture takes more room than one may. Numbers: kilobytes, most."""


class NotAPhoto(ShopError):
    """These bytes are no whole JPEG."""


def set_photo(session: Session, customer_id: int, jpeg: bytes) -> None:
    """Keep this picture of a customer, scaled to at most 64 kB. Raises PhotoTooLarge, NotAPhoto."""
    if len(jpeg) > MOST_BYTES:
        raise PhotoTooLarge(kilobytes=-(-len(jpeg) // 1024), most=MOST_BYTES // 1024)
    if not (jpeg.startswith(_BEGINS) and jpeg.endswith(_ENDS)):
        raise NotAPhoto
    owner = answering(session, customer_id)
    row = session.get(CustomerPhoto, owner)
    if row is None:
        session.add(CustomerPhoto(customer_id=owner, jpeg=jpeg))
    else:
        row.jpeg = jpeg


def drop_photo(session: Session, customer_id: int) -> None:
    """Keep no picture of a customer; nothing happens where there is none."""
    for row in session.scalars(_of(session, customer_id)):
        session.delete(row)


def photo(session: Session, customer_id: int) -> bytes | None:
    """The picture as JPEG; of a card merged away where the one that answers has none."""
    rows = {row.customer_id: row.jpeg for row in session.scalars(_of(session, customer_id))}
    return rows.get(answering(session, customer_id)) or next(iter(rows.values()), None)


def _of(session: Session, customer_id: int) -> Select[CustomerPhoto]:
    cards = answered_for(session, answering(session, customer_id))
    return select(CustomerPhoto).where(CustomerPhoto.customer_id.in_(cards)).order_by(CustomerPhoto.customer_id)
