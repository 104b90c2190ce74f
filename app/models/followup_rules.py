"""The rules that bring follow-ups by themselves, what each run of them brought, and what must not come again."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.followup_rules import Assignee, RuleKind, Scope
from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.models.base import Base, Coded, Id


class FollowUpRule(Base):
    """One rule; what the columns ask for is said in `app.domain.followup_rules.RuleDraft`."""

    __tablename__ = "followup_rules"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    """As `followups.rule` names it; of a rule of each kind but the cadence there is one, called after its kind."""
    kind: Mapped[RuleKind] = mapped_column(Coded(RuleKind))
    on_since: Mapped[date | None]
    """The shop day on which it was switched on; absent: it is off."""
    position: Mapped[int] = mapped_column(default=0)
    """Of several cadence rules that hold for a customer the first decides."""
    days: Mapped[int]
    good_for: Mapped[int] = mapped_column(default=0)
    least: Mapped[int] = mapped_column(default=0)
    own_rhythm: Mapped[bool] = mapped_column(default=False)
    scope: Mapped[Scope] = mapped_column(Coded(Scope))
    match: Mapped[str] = mapped_column(default="")
    assignee: Mapped[Assignee] = mapped_column(Coded(Assignee))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[FollowUpKind] = mapped_column(Coded(FollowUpKind))
    purpose: Mapped[FollowUpPurpose] = mapped_column(Coded(FollowUpPurpose))
    text: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class RuleRun(Base):
    """One run of the rules, up to a shop day: what it brought can be taken back as one act."""

    __tablename__ = "rule_runs"

    id: Mapped[Id]
    day: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    rules: Mapped[list[str]] = mapped_column(default=list)
    """The codes of those that were on."""
    first_id: Mapped[int | None]
    """The follow-ups it made are numbered from here to `last_id`; absent: none."""
    last_id: Mapped[int | None]
    created: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)
    taken_back_at: Mapped[datetime | None]


class RemovedOccasion(Base):
    """The identity of a follow-up of a rule that was taken away: the same occasion brings none again."""

    __tablename__ = "removed_occasions"

    identity: Mapped[str] = mapped_column(primary_key=True)
