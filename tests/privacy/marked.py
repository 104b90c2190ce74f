"""Somebody whose every word is a marker, so that a trace of them is found in the bytes of a file."""

from copy import copy
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Self

from app.domain.birthdays import Birthday
from app.domain.complaints import ComplaintState, Severity
from app.domain.custom_fields import FieldKind
from app.domain.followups import FollowUpKind
from app.domain.interactions import Channel
from app.domain.recurrence import Repeat
from app.domain.remedies import RemedyKind
from app.domain.rewards.kinds import PlanKind, RewardKind
from app.services import (
    complaints,
    customers,
    duplicates,
    followups,
    interactions,
    loyalty,
    member_cards,
    products,
    rewards,
    till,
)
from app.services.complaints import ComplaintDraft, RemedyDraft
from app.services.customers import CustomerDraft, Labelled
from app.services.followups import FollowUpDraft
from app.services.interactions import Answered, ContactDraft, QuestionDraft
from app.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STEM = "qzv"
"""What every word of theirs holds, and nothing else in the shop does."""
PHONES = ("13874219906", "13874219917", "13874219928")


class Marked:
    """Writes one person into a shop through every service that keeps something about a customer."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work, self._number = work, count(1)
        self.other = work.write(customers.add, CustomerDraft("Wang Fang", (Labelled("13900001111"),)), at=NOW)[0]
        self.tea = work.write(products.add, products.ProductDraft(code="T1", name="Oolong", price=1_000_000))[0]
        self.field = work.write(customers.add_field, "Cup", FieldKind.TEXT)[0]
        self.id = self._card(PHONES[0])
        self.merged = self._card(PHONES[1])
        self._tell()
        self._buy(self.id, 120)
        self._buy(self.merged, 35)
        self._buy(self.other, 77)
        duplicates_made = work.write(duplicates.merge, self.id, self.merged, at=NOW)[0]
        self.merge = duplicates_made.merge_id

    def kept_in(self, work: UnitOfWork) -> Self:
        """The same person in a copy of their shop."""
        other = copy(self)
        other.work = work
        return other

    def word(self) -> str:
        """A word nobody else says."""
        return f"{STEM}{next(self._number):03}word"

    def _card(self, phone: str) -> int:
        word = self.word
        draft = CustomerDraft(
            name=f"{STEM} 张 {word()}",
            phones=(Labelled(phone, word()), Labelled(PHONES[2])),
            wechat=word(),
            emails=(Labelled(f"{word()}@example.org", word()),),
            addresses=(Labelled(word(), word()),),
            birthday=Birthday(3, 9, 1981),
            tags=(word(), word()),
            company=word(),
            gender=word(),
            source=word(),
            note=word(),
            preferred_channel=word(),
            needs=word(),
            preferences=word(),
            buys_elsewhere=word(),
            values_ranked=(word(),),
            credit_note=word(),
            credit_limit=778_899,
            personal_discount=37,
            dates=((word(), Birthday(5, 6, 2001)),),
            custom={self.field: word()},
        )
        made: int = self.work.write(customers.add, draft, at=NOW - timedelta(days=300))[0]
        changed = CustomerDraft(
            name=draft.name, phones=(Labelled(phone),), note=word(), source=draft.source, wechat=word(), tags=(word(),)
        )
        version = self.work.read(customers.card, made, NOW.date()).version
        self.work.write(customers.edit, made, changed, version=version)
        version = self.work.read(customers.card, made, NOW.date()).version
        self.work.write(customers.edit, made, draft, version=version)
        return made

    def _tell(self) -> None:
        write, word = self.work.write, self.word
        write(customers.pin_fact, self.id, word(), at=NOW)
        gone, _ = write(customers.pin_fact, self.id, word(), at=NOW)
        write(customers.unpin, gone)
        for made in (word(), word()):
            write(customers.set_photo, self.id, b"\xff\xd8\xff" + made.encode() + b"\xff\xd9")
        write(customers.relate, self.id, self.other, word())
        write(customers.set_referrer, self.other, self.id)
        home, _ = write(customers.join_household, self.id, self.merged)
        write(customers.name_household, home, word())
        write(customers.record_consent, self.id, Channel.SMS, True, word(), at=NOW)
        write(customers.set_personal_price, self.id, self.tea, 900_000)
        number = write(member_cards.issue, self.id, f"{STEM.upper()}001", at=NOW)[0]
        write(member_cards.report_lost, number, word(), at=NOW, new_number=f"{STEM.upper()}002")
        self._log()
        self._complain()
        for done in (True, False):
            draft = FollowUpDraft(date(2026, 12, 1), FollowUpKind.CALL, self.id, text=word())
            booked, _ = write(followups.book, draft, NOW)
            if done:
                write(followups.finish, booked, NOW)
        again = Repeat("FREQ=MONTHLY;BYMONTHDAY=1", times=2)
        draft = FollowUpDraft(date(2026, 12, 1), customer_id=self.id, text=word(), repeat=again)
        write(followups.finish, write(followups.book, draft, NOW)[0], NOW)
        write(loyalty.adjust, self.id, 50, word(), operation_id="gift", at=NOW)
        write(loyalty.give_tier, self.id, "vip", None, word(), operation_id="vip", at=NOW)

        self._hold()

    def _hold(self) -> None:
        """Stored value, visits, stamps, a coupon and an exchange."""
        write, word = self.work.write, self.word
        plans = [
            write(rewards.add_plan, rewards.PlanDraft(kind, "Tea card", units=8))[0]
            for kind in (PlanKind.VISITS, PlanKind.STAMPS)
        ]
        pockets = (rewards.PRINCIPAL, rewards.BONUS, rewards.visits(plans[0]), rewards.stamps(plans[1]))
        for number, pocket in enumerate(pockets):
            opening = rewards.Opening(pocket, 500)
            write(rewards.open_purse, self.id, opening, word(), operation_id=f"opening {number}", at=NOW)
        kind, _ = write(rewards.add_kind, rewards.KindDraft("Five off", amount=500))
        code, _ = write(rewards.issue, kind, self.id, operation_id="coupon", at=NOW)
        coupon = self.work.read(rewards.coupon, code).id
        write(rewards.withdraw_coupon, coupon, word(), operation_id="withdrawn", at=NOW)
        pen, _ = write(rewards.add_reward, rewards.RewardDraft("Pen", RewardKind.GIFT, 1, counted=False))
        done, _ = write(rewards.redeem, self.id, pen, operation_id="pen", at=NOW)
        write(rewards.undo_redeem, done.operation_id, operation_id="pen back", at=NOW)

    def _log(self) -> None:
        write, word = self.work.write, self.word
        script, _ = write(interactions.add_script, "Tea")
        question, _ = write(interactions.add_question, script, QuestionDraft("What do you drink?"))
        draft = ContactDraft(
            summary=word(),
            objection=word(),
            reply=word(),
            demonstrated=word(),
            quoted=word(),
            answers=(Answered(question, word()),),
        )
        write(interactions.log_contact, self.id, draft, at=NOW)
        undone, _ = write(interactions.log_contact, self.id, ContactDraft(summary=word()), at=NOW)
        write(interactions.remove_contact, undone)

    def _complain(self) -> None:
        write, word = self.work.write, self.word
        draft = ComplaintDraft("product", Severity.SERIOUS, word(), self.id, wish=word(), remedy=word())
        case, _ = write(complaints.log, draft, NOW)
        write(complaints.move, case, ComplaintState.RESOLVED, NOW, note=word(), remedy=word())
        given = RemedyDraft(RemedyKind.APOLOGY, note=word())
        write(complaints.give_remedy, case, given, operation_id="remedy", at=NOW)
        kept = self.work.copies.files.keep_bytes(word().encode(), f"{word()}.txt")
        write(complaints.attach, case, kept, at=NOW)

    def _buy(self, customer: int, units: int) -> None:
        line = till.TicketLine(None, 1000, units * 10_000)
        self.work.write(till.sell, till.Ticket(customer, (line,)), operation_id=f"sale-{customer}", at=NOW)
