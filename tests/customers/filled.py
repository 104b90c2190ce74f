"""A card of the lively shop on which everything is said, for tests and pictures of the whole of it."""

from dataclasses import replace

from app.domain.birthdays import Birthday
from app.domain.custom_fields import FieldKind
from app.domain.interactions import Channel
from app.services import customers
from app.services.customers import Labelled
from app.storage.unit_of_work import UnitOfWork
from tests.customers.lively import moment


def fill_card(work: UnitOfWork, ids: dict[str, int]) -> dict[str, int]:
    """Say everything on the card of 沈静怡; returns the ids of the shop's own fields by their name."""
    own = {
        "茶具尺寸": work.write(customers.add_field, "茶具尺寸", FieldKind.TEXT)[0],
        "家里几口人": work.write(customers.add_field, "家里几口人", FieldKind.NUMBER)[0],
        "发票": work.write(customers.add_field, "发票", FieldKind.CHOICE, ("电子", "纸质"))[0],
        "订阅月报": work.write(customers.add_field, "订阅月报", FieldKind.YES_NO)[0],
        "第一次来": work.write(customers.add_field, "第一次来", FieldKind.DATE)[0],
    }
    shen = ids["沈静怡"]
    _say(work, shen, own, ids)
    for channel, given in ((Channel.WECHAT, True), (Channel.SMS, True), (Channel.CALL, False)):
        work.write(customers.record_consent, shen, channel, given, "counter", at=moment(3))
    work.write(customers.join_household, shen, ids["何小满"])
    work.write(customers.relate, shen, ids["温如玉"], "parent")
    work.write(customers.relate, shen, ids["陆明远"], "colleague")
    for brought, by in (("王姐", "沈静怡"), ("冯叔", "沈静怡"), ("唐一诺", "王姐"), ("宋佳颖", "唐一诺")):
        work.write(customers.set_referrer, ids[brought], ids[by])
    work.write(customers.set_personal_price, shen, 1, 1_500_000)
    return own


def _say(work: UnitOfWork, shen: int, own: dict[str, int], ids: dict[str, int]) -> None:
    card = work.read(customers.card, shen, moment(0).date())
    draft = replace(
        card.draft,
        emails=(Labelled("jingyi.shen@example.com", "work"), Labelled("shen88@example.com", "home")),
        addresses=(*card.draft.addresses, Labelled("上海市徐汇区武康路 376 号 5 楼", "work")),
        preferred_channel="wechat",
        dates=(("结婚纪念日", Birthday(5, 20, 2015)), ("婆婆生日", Birthday(8, 16, 1958, lunar=True))),
        needs="办公室待客用茶，每月两斤左右",
        preferences="凤凰单丛，蜜兰香；不喝绿茶",
        buys_elsewhere="普洱在老家买",
        values_ranked=("quality", "trust", "price"),
        credit_note="每月 10 号结上月的账",
        credit_limit=200_000,
        personal_discount=75,
        company="平江路静怡书房",
        note="店里装修时送过一盆文竹",
        custom={own["茶具尺寸"]: "120 ml", own["家里几口人"]: "4", own["发票"]: "电子", own["订阅月报"]: "yes",
                own["第一次来"]: "2023-04-08"},
        referrer_id=ids["欧阳若兰"],
    )  # fmt: skip
    work.write(customers.edit, shen, draft, version=card.version)
