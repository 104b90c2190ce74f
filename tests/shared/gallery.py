"""Every part of the kit in each of its states on one page: the sheet to hold a new screen against."""

from __future__ import annotations

from dataclasses import fields, replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from app.views.shared import look, paint
from app.views.shared.avatars import Avatar, IconDisc
from app.views.shared.badges import Badge, BadgeView, Keycap, on_the_spot, ordinary, potential, severity, vip
from app.views.shared.buttons import Button, IconButton
from app.views.shared.cards import Card, Rule, SectionHead
from app.views.shared.chips import Chips, ChipView
from app.views.shared.empty import EmptyState
from app.views.shared.fields import CheckBox, ComboBox, FieldBox, LineEdit, TextArea
from app.views.shared.keys import keycap
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.lists import Heading, RowList, RowView
from app.views.shared.look import px
from app.views.shared.meters import Meter, Ring
from app.views.shared.notices import Notice
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table
from app.views.shared.tiles import Tile
from app.views.shared.toasts import Toasts
from app.views.shared.tokens import TYPE, Palette, contrast
from app.views.shared.typed_fields import DateField, MoneyField

SWATCHES = [token.name for token in fields(Palette) if token.name not in ("name", "scrim", "shadow")]
SAMPLES = {
    "caption": "3 分钟前 · C-0234 caption",
    "small": "通常 30 天回购，今天第 38 天",
    "body": "沈静怡 Joanna 138 •••• 6628",
    "strong": "凤凰单丛 250 g",
    "section": "等你决定 Decisions",
    "title": "今日 Today",
    "figure": "¥68,420",
    "total": "¥338.75",
}


class Swatch(QWidget):
    """One token with its value and its contrast on a surface."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        look.follow(self.relook)

    def relook(self) -> None:
        self.setFixedSize(px(132), px(34))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, value = QPainter(self), getattr(look.current().palette, self._token)
        paint.box(p, QRect(0, px(3), px(28), px(28)), px(6), self._token, "line")
        paint.say(p, QRect(px(36), 0, px(96), px(16)), self._token, "caption")
        told = f"{value}  {contrast(value, look.current().palette.surface):.1f}"
        paint.say(p, QRect(px(36), px(16), px(96), px(16)), told, "caption", "ink3")
        p.end()


class Gallery(QWidget):
    """The page of parts, 1366 × 1120 at 100 %."""

    def __init__(self) -> None:
        super().__init__()
        self.setLayout(
            row(
                (box(self._left()), 5),
                (box(self._middle()), 5),
                (box(self._right()), 4),
                gap=12,
                margins=16,
            )
        )
        self.toasts = Toasts(self)
        self.toasts.show_done("已改到明天上午：冯叔", undo=lambda: None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.colour("canvas"))
        p.end()

    @staticmethod
    def _left() -> QLayout:
        swatches, grid = QWidget(), QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for place, token in enumerate(SWATCHES):
            grid.addWidget(Swatch(token), place // 3, place % 3)
        swatches.setLayout(grid)
        names = [ElidedLabel(f"{role} {face.size}/{face.line}", "caption", tone="ink3") for role, face in TYPE.items()]
        lines = [row(name, (PlainLabel(SAMPLES[role], role), 3)) for name, role in zip(names, TYPE, strict=True)]
        colours = Card(SectionHead("颜色", caption="对 surface 的对比度"), swatches)
        return column(colours, Card(SectionHead("字级"), *lines, gap=4), None, gap=12)

    def _middle(self) -> QLayout:
        off = Button("不可用", "primary")
        off.setEnabled(False)
        off2 = Button("不可用")
        off2.setEnabled(False)
        self.ringed = Button("焦点", "primary")
        buttons = Card(
            SectionHead("按钮", IconButton("ph.dots-three", "更多")),
            row(Button("收款", "primary", icon="ph.receipt", key="Ctrl+Return"), self.ringed, off, None),
            row(Button("记往来", icon="ph.note-pencil", key="L"), Button("小", size="small"), off2, None),
            row(
                Button("跳过", "quiet"),
                Button("换地方…", "link"),
                Button("删除 3 位…", "danger", icon="ph.trash"),
                IconButton("ph.dots-three", "更多", "secondary", size="normal"),
                Button("收款", "primary", size="large"),
                None,
            ),
        )
        badges = (
            vip("VIP"),
            ordinary("普通"),
            potential("潜在"),
            severity("严重", "severe"),
            severity("较重", "serious"),
        )
        more = (on_the_spot("当场"), BadgeView("生日", "plum", "ph.cake"), BadgeView("电话", "blue", "ph.phone"))
        signs = Card(
            SectionHead("筛选、标记、头像、键帽"),
            self._chips(),
            self._answers(),
            row(*(Badge(view) for view in (*badges, *more)), Keycap(keycap("Ctrl+K")), None),
            row(*(Avatar(s, name=n, identity=n) for n, s in self._people()), IconDisc("ph.users", 36), None),
        )
        return column(buttons, signs, self._fields(), self._notices(), None, gap=12)

    @staticmethod
    def _people() -> tuple[tuple[str, int], ...]:
        return (("沈静怡", 24), ("欧阳若兰", 28), ("吴建国", 36), ("Emily Chen", 36), ("陆明远", 48))

    @staticmethod
    def _chips() -> Chips:
        chips = Chips()
        chips.show_chips([ChipView(1, "全部", 16), ChipView(2, "关怀", 10), ChipView(3, "销售", 1284)])
        chips.set_value(1)
        return chips

    @staticmethod
    def _answers() -> Chips:
        answers = Chips(many=True, size="form", digits=True)
        views = [
            ChipView(1, "商品质量"),
            ChipView(2, "较重", hue="gold"),
            ChipView(3, "严重", hue="red"),
            ChipView(4, "等候"),
        ]
        answers.show_chips(views)
        answers.set_values([1, 2, 3])
        return answers

    def _fields(self) -> Card:
        self.focused, wrong, choice = LineEdit(clear=True), LineEdit(), ComboBox()
        self.focused.set_value("有焦点的字段")
        wrong.set_value("1381234")
        wrong_box = FieldBox(wrong)
        wrong.set_error("手机差 4 位。也可以先存着")
        choice.show_choices([(1, "微信"), (2, "支付宝")])
        ticked, words = CheckBox("当场解决了", key="Ctrl+D"), TextArea("原话", lines=1)
        ticked.set_value(True)
        return Card(
            SectionHead("字段"),
            row(LineEdit("姓名、拼音、手机", icon="ph.magnifying-glass", key="Ctrl+K"), self.focused),
            row((box(column(wrong_box, None)), 1), (box(column(MoneyField("0.00"), None)), 1)),
            row(choice, DateField(), ticked, CheckBox("抄送"), None),
            words,
        )

    @staticmethod
    def _notices() -> Card:
        act = Button("去处理", "link", key="F8", size="small")
        return Card(
            Notice("**投诉未结：暂停促销。** C-0234 盖碗有裂纹", "red", icon="ph.hand-palm-fill", act=act),
            Notice("再 **¥620** 保住 VIP", "gold", icon="ph.crown-simple", low=True),
            Notice("已备份 09:02", "accent", icon="ph.check-circle", low=True),
            Notice("新版本 1.3 可用，不急", "blue", low=True),
            gap=8,
        )

    def _right(self) -> QLayout:
        tile = Tile("复购率")
        tile.show_figure("46%", counts="412 / 896", change="+2.1", rising=True, verdict="good", line=[1, 3, 2, 4, 5])
        short = row((Meter(1, "red", high=4), 1), Ring(0.7, "70"))
        meters = Card(SectionHead("进度"), Meter(0.9, "gold"), Meter(0.31), short)
        self.list, self.table = self._list(), self._table()
        listing = Card((self.list, 1), margins=(0, 4, 0, 4))
        table = Card((self.table, 1), margins=(0, 0, 0, 4))
        note = Button("记一位", "primary", icon="ph.plus", key="N")
        empty = EmptyState("ph.user-plus", "还没有潜在顾客", "问过价的、扫码抽过奖的，先记在这里。", primary=note)
        return column(tile, meters, (listing, 3), (table, 2), Rule(), Card(empty), gap=12)

    @staticmethod
    def _rows() -> list[RowView | Heading]:
        complaint, quote = "投诉 **C-0231 茶叶受潮** 答应昨天回复", "报价 **Q-118 中秋礼盒 60 份** 周五到期"
        late = RowView(1, "吴建国", complaint, ordinary("普通"), "超时 1 天", "red_text", mark="late")
        birthday = RowView(2, "沈静怡", "今天 **38 岁生日**，喜欢凤凰单丛", vip("VIP"), "今天", mark="todo")
        company = RowView(3, "苏州云岫文化传播有限公司杜经理", quote, vip("VIP"), "周五", mark="todo")
        silent = RowView(4, "唐一诺", "想要 **200 元内的送礼茶**", potential("潜在"), "16:30", mark="done")
        return [
            Heading("late", "逾期", 2, "red_text"),
            replace(late, icon="ph.chat-teardrop-text", hue="red"),
            replace(birthday, icon="ph.cake", hue="plum", keys=(("拨打", "C"), ("完成", "E"))),
            replace(company, icon="ph.phone", hue="blue"),
            replace(silent, icon="ph.moon"),
        ]

    def _list(self) -> RowList:
        listing = RowList(headings=True)
        model = RowsModel[RowView | Heading]([], listing, inert=lambda r: isinstance(r, Heading))
        listing.setModel(model)
        model.show_rows(self._rows())
        listing.choice.choose(2)
        return listing

    def _table(self) -> Table:
        columns = [
            Column[tuple[str, int]]("商品", lambda r: r[0], sort=lambda r: r[0]),
            Column[tuple[str, int]]("金额", lambda r: f"¥{r[1]:,}", align="right", sort=lambda r: r[1]),
        ]
        table = Table()
        model = RowsModel(columns, table)
        table.setModel(model)
        table.set_widths(None, 120)
        model.show_rows([("凤凰单丛 250 g", 8460), ("白瓷盖碗", 760), ("茉莉花茶", 58)])
        table.head.setSortIndicatorShown(True)
        return table
