"""A small tea shop with a year behind it: people of every tier, sales, contacts, complaints, points, pinned facts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.complaints import ComplaintState, Severity
from app.domain.interactions import Channel, Direction, Purpose
from app.domain.loyalty.kinds import PointKind
from app.models.complaints import Complaint, ComplaintEvent
from app.models.customers import Customer, PinnedFact
from app.models.interactions import Interaction
from app.models.loyalty import PointEntry, TierMove
from app.models.products import Product
from app.models.sales import Sale, SaleLine, SaleOrigin
from app.models.staff import Staff
from app.services import customers
from app.services.customers import CustomerDraft, Labelled
from app.services.customers.figures import refresh
from app.services.search.index import rebuild
from app.storage.unit_of_work import UnitOfWork

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)
PEOPLE = (
    # name, phone, tier rank, days since each purchase, yuan a purchase
    ("沈静怡", "138 0013 6628", 2, (12, 29, 47, 62, 80, 97, 300), 1208),
    ("欧阳若兰", "139 1122 0417", 2, (38, 60, 90, 118), 1979),
    ("吴建国", "137 7788 3309", 1, (15, 40), 1640),
    ("苏州云岫文化传播有限公司", "", 2, (20, 110, 200), 7200),
    ("陆明远", "136 5566 7752", 2, (6, 36, 70), 2234),
    ("何小满", "135 9900 1186", 1, (3,), 128),
    ("赵国强", "133 4455 5540", 1, (96, 136, 175, 216), 490),
    ("阿依古丽·买买提", "", 1, (21, 50), 1170),
    ("王姐", "", 1, (9, 30), 430),
    ("冯叔", "132 1000 2073", 1, (15, 33, 51), 1368),
    ("唐一诺", "158 2233 9001", 0, (), 0),
    ("Emily Chen 陈艾米", "186 1234 5678", 1, (44, 70), 737),
    ("曾国藩", "150 8899 1024", 1, (25,), 300),
    ("温如玉", "151 2020 3131", 1, (33, 64), 1155),
    ("宋佳颖", "159 1234 0311", 1, (18,), 260),
    ("盛嘉怡", "", 0, (), 0),
)
GOODS = (("T001", "凤凰单丛", "g", 172), ("T002", "白瓷盖碗", "", 98), ("T003", "生津饮草本茶包", "包", 39))


def moment(days_ago: int, hour: int = 10, minute: int = 32) -> datetime:
    """A moment in the shop, so many days before today."""
    return datetime.combine(TODAY - timedelta(days=days_ago), time(hour, minute), ZONE).astimezone(UTC)


def furnish(work: UnitOfWork) -> dict[str, int]:
    """Fill an empty shop; returns ids by name."""
    ids = {person[0]: _add(work, person) for person in PEOPLE}
    with Session(work.engine) as session:
        session.info.update(staff_id=1)
        session.scalars(select(Staff)).one().name = "李芳"
        goods = [
            Product(code=code, name=name, unit=unit, price=price * 10_000, category="茶")
            for code, name, unit, price in GOODS
        ]
        session.add_all(goods)
        session.flush()
        for person in PEOPLE:
            _buy(session, ids[person[0]], person, goods)
        _tell_of_the_first(session, ids)
        session.flush()
        refresh(session)
        rebuild(session)
        session.commit()
    return ids


def _add(work: UnitOfWork, person: tuple[str, str, int, tuple[int, ...], int]) -> int:
    name, phone, _, _, _ = person
    draft = CustomerDraft(name=name, phones=(Labelled(phone, "mobile"),) if phone else ())
    if name == "沈静怡":
        draft = CustomerDraft(
            name=name,
            phones=(Labelled(phone, "mobile"), Labelled("0512 6789 0123", "home")),
            wechat="jingyi_tea",
            birthday=Birthday(11, 23, 1988),
            tags=("老茶客", "爱单丛", "送礼多"),
            addresses=(Labelled("苏州市姑苏区平江路 88 号", "home"),),
        )
    if name == "阿依古丽·买买提":
        draft = CustomerDraft(name=name, wechat="aygul_m", tags=("送礼多",))
    return work.write(customers.add, draft, at=moment(1322 if name == "沈静怡" else 400))[0]


def _buy(
    session: Session, customer: int, person: tuple[str, str, int, tuple[int, ...], int], goods: list[Product]
) -> None:
    _, _, rank, days, yuan = person
    for ago in days:
        sale = Sale(
            number=f"{ago:04}-{customer:03}",
            customer_id=customer,
            at=moment(ago),
            shop_day=TODAY - timedelta(days=ago),
            staff_id=1,
            origin=SaleOrigin.TILL,
            gross=yuan * 100 + 2600,
            discount=2600,
            points_used=200,
            points_value=200,
            points_earned=yuan,
            total=yuan * 100 - 200,
            payment="wechat",
            revenue=yuan * 100,
            counted_lines=2,
        )
        sale.lines = [
            SaleLine(product_id=goods[0].id, quantity=250_000, unit_price=20_000, amount=yuan * 100 - 9800),
            SaleLine(product_id=goods[1].id, quantity=1_000, unit_price=980_000, amount=9800),
        ]
        session.add(sale)
        session.flush()
        session.add(_points(customer, ago, PointKind.EARN, yuan, sale=sale.id))
    if rank:
        session.add(
            TierMove(
                customer_id=customer,
                on=TODAY - timedelta(days=300),
                from_rank=0,
                to_rank=rank,
                cause="purchases",
                valid_until=date(2026, 12, 31),
            )
        )


def _points(customer: int, ago: int, kind: PointKind, points: int, *, sale: int | None = None) -> PointEntry:
    return PointEntry(
        customer_id=customer,
        at=moment(ago),
        shop_day=TODAY - timedelta(days=ago),
        kind=kind,
        points=points,
        sale_id=sale,
        opens_lot=points > 0,
        expires_on=date(2027, 10, 31),
        staff_id=1,
        reason="双倍积分日" if kind is PointKind.BONUS else "",
        operation_id=f"{customer}-{ago}-{kind}",
    )


def _tell_of_the_first(session: Session, ids: dict[str, int]) -> None:
    shen, wu = ids["沈静怡"], ids["吴建国"]
    session.add(_points(shen, 29, PointKind.BONUS, 860))
    for customer, ago, channel, purpose, summary in (
        (shen, 12, Channel.VISIT, Purpose.CARE, "试喝了新到的蜜兰香，觉得“比去年的更润”。说月底给婆婆挑生日礼。"),
        (shen, 51, Channel.CALL, Purpose.CARE, "国庆问候，接通 2 分钟"),
        (wu, 14, Channel.CALL, Purpose.CARE, "盖碗的事，先道歉"),
    ):
        session.add(
            Interaction(
                customer_id=customer,
                at=moment(ago, 10, 20),
                shop_day=TODAY - timedelta(days=ago),
                staff_id=1,
                channel=channel,
                direction=Direction.OUT,
                purpose=purpose,
                summary=summary,
            )
        )
    for number, customer, words in ((234, shen, "盖碗回家一看有道裂纹，是送人的，很没面子。"), (226, wu, "茶有点潮")):
        case = Complaint(
            number=number,
            customer_id=customer,
            opened_at=moment(2, 16, 5),
            shop_day=TODAY - timedelta(days=2),
            staff_id=1,
            category="product",
            severity=Severity.SERIOUS,
            words=words,
            wish="换一只",
            state=ComplaintState.OPEN,
        )
        session.add(case)
        session.flush()
        session.add(ComplaintEvent(complaint_id=case.id, at=moment(2, 16, 5), state=ComplaintState.OPEN, staff_id=1))
    for text, ago in (("花生过敏，茶点别放花生酥", 625), ("只收微信，白天别打电话", 733)):
        session.add(
            PinnedFact(customer_id=shen, text=text, at=moment(ago), shop_day=TODAY - timedelta(days=ago), staff_id=1)
        )
    session.scalars(select(Customer).where(Customer.id == shen)).one().source = "walk_in"
