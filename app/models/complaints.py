"""The complaint log: the case, the history of its states, what was done to put it right, and what came with it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.complaints import ComplaintState, MarkKind, Severity
from app.domain.remedies import RemedyKind
from app.models.base import Base, Coded, Id


class Complaint(Base):
    """One case. Its state is that of the last event; it is kept here so that lanes and counts are one indexed read."""

    __tablename__ = "complaints"
    __table_args__ = (
        Index("ix_complaints_state", "state", "opened_at"),
        *(Index(f"ix_complaints_{name}", name, "id") for name in ("opened_at", "severity", "category")),
        Index("ix_complaints_shop_day", "shop_day"),
    )

    id: Mapped[Id]
    number: Mapped[int] = mapped_column(unique=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    opened_at: Mapped[datetime]
    shop_day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    """Who logged it."""
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    """Who looks after it; absent: whoever logged it."""
    category: Mapped[str]
    severity: Mapped[Severity] = mapped_column(Coded(Severity))
    channel: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    wish: Mapped[str] = mapped_column(default="")
    remedy: Mapped[str] = mapped_column(default="")
    on_the_spot: Mapped[bool] = mapped_column(default=False)
    sale_id: Mapped[int | None] = mapped_column(ForeignKey("sales.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"), index=True)
    root_cause: Mapped[str] = mapped_column(default="")
    """The code of a `ComplaintCause`; empty while nobody has said what it came from."""
    prevention: Mapped[str] = mapped_column(default="")
    """What is done so that it does not happen again."""
    cause_staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    """Who sees to that: the owner of the cause, which is not the same as whose fault it was."""
    state: Mapped[ComplaintState] = mapped_column(Coded(ComplaintState))
    satisfaction: Mapped[int | None]
    """1 to 5, asked when the case is closed."""
    identity: Mapped[str | None] = mapped_column(unique=True)
    """Of an import: the digest by which the same row of a file is known when it comes again."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ComplaintEvent(Base):
    """One change of state: the truth from which every clock is computed. It goes only when the whole case goes."""

    __tablename__ = "complaint_events"
    __table_args__ = (Index("ix_complaint_events_case", "complaint_id", "at"),)
    append_only = True
    part_of = "complaint_id"
    cancelled_by = "takes_back_id"

    id: Mapped[Id]
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    state: Mapped[ComplaintState] = mapped_column(Coded(ComplaintState))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str] = mapped_column(default="")
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("complaint_events.id"), unique=True)
    """The event that this row takes back. Neither of the two counts for a clock or a rate; both stay to be read."""


class ComplaintCause(Base):
    """What complaints come from, in the shop's own words and order: put away, it stays for the cases it was said of."""

    __tablename__ = "complaint_causes"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    """Given by the shop; empty: the shipped word for `code`."""
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]


class ComplaintCategory(Base):
    """What complaints are about, in the shop's order. Cases say the word itself, and keep it when it is put away."""

    __tablename__ = "complaint_categories"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    """A shipped code, or the shop's own word."""
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]


class ComplaintRemedy(Base):
    """One thing done to put a case right, and what it cost the shop. A mistake is taken back by another row.

    What moved in another ledger (points, a coupon, stored value) stands there under the same operation.
    """

    __tablename__ = "complaint_remedies"
    __table_args__ = (
        CheckConstraint("(cost >= 0) = (reverses_id IS NULL) OR cost = 0", name="signed"),
        Index("ix_complaint_remedies_case", "complaint_id", "at"),
    )
    append_only = True
    part_of = "complaint_id"
    cancelled_by = "reverses_id"

    id: Mapped[Id]
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    shop_day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[RemedyKind] = mapped_column(Coded(RemedyKind))
    cost: Mapped[int] = mapped_column(default=0)
    """Minor units; of a row that takes another back: what that one cost, below 0. The cost of a case is the sum."""
    note: Mapped[str] = mapped_column(default="")
    points: Mapped[int] = mapped_column(default=0)
    """Of points: how many were given, or with a minus sign taken back."""
    coupon_id: Mapped[int | None] = mapped_column(ForeignKey("coupon_entries.id"))
    """Of a coupon: the row that issued it."""
    return_id: Mapped[int | None] = mapped_column(ForeignKey("sales.id"))
    """Of a refund: the return made at the till."""
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    """Of a replacement: what was handed out."""
    operation_id: Mapped[str] = mapped_column(unique=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("complaint_remedies.id"), unique=True)
    restores_id: Mapped[int | None] = mapped_column(ForeignKey("complaint_remedies.id"), unique=True)
    """Of a remedy that stands again: the row that had taken it back."""


class ComplaintAttachment(Base):
    """A file that came with a case: a picture, a receipt. Its bytes lie in the folder `attachments` of the shop."""

    __tablename__ = "complaint_attachments"

    id: Mapped[Id]
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    """As a person reads it; never a path."""
    stored: Mapped[str] = mapped_column(index=True)
    """The name in the folder: digest and kind. Two cases with the same picture share one file."""
    digest: Mapped[str]
    """SHA-256 in hexadecimal."""
    size: Mapped[int]
    """Bytes."""
    mime: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    removed_at: Mapped[datetime | None]


class ComplaintMark(Base):
    """What happened to a case beside its moves: it was answered, went up to the owner, or somebody called."""

    __tablename__ = "complaint_marks"
    __table_args__ = (Index("ix_complaint_marks_case", "complaint_id", "at"),)
    append_only = True
    part_of = "complaint_id"
    cancelled_by = "takes_back_id"

    id: Mapped[Id]
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    kind: Mapped[MarkKind] = mapped_column(Coded(MarkKind))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reached: Mapped[bool | None]
    """Of a call-back: whether the customer was reached."""
    answer: Mapped[int | None]
    """Of a call-back: how satisfied they are, 1 to 5."""
    note: Mapped[str] = mapped_column(default="")
    takes_back_id: Mapped[int | None] = mapped_column(ForeignKey("complaint_marks.id"), unique=True)
    """The mark that this row takes back; neither of the two counts."""


class ComplaintClock(Base):
    """What lists of cases are ordered and chosen by, worked out from events, marks, opening hours and targets.

    A cache: `check` works it out anew and compares. Nothing in it depends on the moment at which it was written.
    """

    __tablename__ = "complaint_clocks"
    __table_args__ = tuple(
        Index(f"ix_complaint_clocks_{name}", name, "complaint_id")
        for name in ("since", "pressing", "next_due_at", "escalate_at", "call_on")
    )
    cache = True

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime]
    """When it came into its state."""
    answered_at: Mapped[datetime | None]
    answer_due_at: Mapped[datetime | None]
    """While nobody has answered an unsettled case: by when somebody must, or must have."""
    due_at: Mapped[datetime | None]
    """Of an unsettled case: by when it is to be solved, or was; absent while the clock stands still before that."""
    next_due_at: Mapped[datetime | None]
    """The earlier of the two."""
    pressing: Mapped[int]
    """The less, the higher in a list: what is due first, then who waits, then the settled, the newest first."""
    escalate_at: Mapped[datetime | None]
    """When it goes up to the owner, unless it went already or is settled before."""
    escalated: Mapped[bool] = mapped_column(default=False)
    """Whether it is with the owner: unsettled, and handed up since it was last opened."""
    reopened: Mapped[int] = mapped_column(default=0)
    call_on: Mapped[date | None]
    """The day on which the customer is to be asked."""
    calls: Mapped[int] = mapped_column(default=0)
    """How often nobody was reached since it was resolved."""


class ComplaintView(Base):
    """A named choice of cases, for everybody in the shop."""

    __tablename__ = "complaint_views"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    chosen: Mapped[dict[str, Any]]
    """The fields of a `CaseFilter` that are set."""
