"""The cards that look like one person: pairs at the left, the likeliest first; the two side by side at the right."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.duplicates import Shared, TooCommon
from app.domain.errors import ShopError
from app.services import duplicates
from app.services.duplicates import Merged, PairRow
from app.views.duplicates.glance import Glance
from app.views.duplicates.merging import open_merge
from app.views.duplicates.pairs import Pairs, pair_id
from app.views.shared.actions import act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.cards import Card as Surface
from app.views.shared.cards import Rule
from app.views.shared.desk import OpenPlace
from app.views.shared.empty import EmptyState
from app.views.shared.keys import keycap
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, page, row
from app.views.shared.likeness_words import reasons_words, shared_phone, strength_badge
from app.views.shared.lists import RowList, RowView
from app.views.shared.look import px
from app.views.shared.meters import Meter
from app.views.shared.notices import Notice
from app.views.shared.people_words import phone
from app.views.shared.rows_model import PagedRows
from app.views.shared.screen import Screen

PATIENCE = 300
"""Milliseconds before a search that runs is spoken of."""
LIST, TINY = 404, 860
MOST_NAMED = 3
PAGE = 30


class DuplicatesScreen(Screen):
    """↑ ↓ move, Enter opens the merge, N says that the two are not the same, Esc stops a search or goes back."""

    watches = frozenset({"customers", "transfer"})

    def build(self) -> None:
        self.pairs = Pairs(self.gateway, self)
        self._soon = QTimer(self, singleShot=True, interval=PATIENCE)
        self._make_head()
        self._make_body()
        self._make_acts()
        self.setLayout(page(self._head, self._progress, self.common, (self._pages, 1), gap=12))
        self.setFocusProxy(self._blank)
        self._connect()

    def _make_head(self) -> None:
        self.title, self.number = PlainLabel("", "title"), PlainLabel("", "small", tone="ink2")
        self.caption = ElidedLabel("", "small", tone="ink2")
        self.back = Button("", "quiet", icon="ph.arrow-left", key="Esc")
        self._head = box(row(self.title, self.number, (self.caption, 1), self.back, gap=10, margins=(0, 12, 0, 0)))
        self.running, self.meter = PlainLabel("", "small", tone="ink2"), Meter(0, high=8)
        self.stop = Button("", "secondary", key="Esc", size="small")
        self._progress = box(row(self.running, (self.meter, 1), self.stop, gap=12))
        self._progress.hide()
        self.common = Notice("", "blue", icon="ph.info", low=True)

    def _make_body(self) -> None:
        self.model: PagedRows[PairRow] = PagedRows(
            (), self.pairs.count, self.pairs.page, self, page_size=PAGE, identity=pair_id, find=self.pairs.place
        )
        self.list = RowList(self._row_view, height=60)
        self.list.setModel(self.model)
        self.glance = Glance(self.desk)
        self.leave = Button()
        self.empty = EmptyState("ph.users", other=self.leave)
        self._list_box = box(row(self.list, gap=0, margins=(0, 6, 0, 6)))
        self._between = Rule(vertical=True)
        body = row(self._list_box, self._between, (self.glance, 1), gap=0)
        self._pages = QStackedWidget()
        self._blank = QWidget()  # has the keys until it is known whether there is a list
        self._blank.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for part in (Surface(body, margins=(0, 1, 0, 1), gap=0), self.empty, self._blank):
            self._pages.addWidget(part)
        self._pages.setCurrentWidget(self._blank)

    def _make_acts(self) -> None:
        only = Qt.ShortcutContext.WidgetShortcut
        self.merge_act = act(
            self.list, "duplicates.merge", lambda: self.tr("Merge…"), self.merge, icon_name="ph.git-merge"
        )
        self.not_same_act = act(
            self.list, "duplicates.not_same", lambda: self.tr("Not the same"), self.not_same, key="N", context=only
        )

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.merge())
        self.glance.merge.clicked.connect(self.merge)
        self.glance.not_same.clicked.connect(self.not_same)
        self.back.clicked.connect(self._leave)
        self.stop.clicked.connect(self.pairs.stop)
        self.leave.clicked.connect(self._on_empty_act)
        self.pairs.found.connect(self._on_found)
        self.pairs.busy.connect(self._on_busy)
        self.pairs.stopped.connect(self._on_stopped)
        self.pairs.progressed.connect(lambda done, total: self.meter.show_share(done / total if total else 0))
        self._soon.timeout.connect(self._progress.show)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Look-alike cards"))
        self.caption.setText(self.tr("Which of these are one person?"))
        self.back.setText(self.tr("Customers"))
        self.running.setText(self.tr("Comparing all cards"))
        self.stop.setText(self.tr("Stop"))
        self.glance.retranslate()
        retranslate_acts(self)
        self._word_common()
        self._word_empty()

    def reload(self) -> None:
        """Look again; meanwhile what was found before can be worked on."""
        self.pairs.look()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(440), px(280))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the list stands alone: Enter shows the two cards anyway."""
        super().resizeEvent(event)
        tiny = self.width() < px(TINY)
        self._between.setVisible(not tiny)
        self.glance.setVisible(not tiny)
        self._list_box.setMinimumWidth(0 if tiny else px(LIST))
        self._list_box.setMaximumWidth(self.width() if tiny else px(LIST))

    def chosen(self) -> PairRow | None:
        """The pair the keys are about."""
        row: PairRow | None = self.list.choice.row()
        return row

    def customer_in_view(self) -> int | None:
        """Whom the keys of the window are about."""
        pair = self.chosen()
        return pair.one.id if pair else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.pairs.running and self._progress.isVisible():
                self.pairs.stop()
            else:
                self._leave()
            return
        super().keyPressEvent(event)

    # acts

    def merge(self) -> None:
        pair = self.chosen()
        if pair is None or not self.isVisible():
            return
        dialog = open_merge(self.desk, self, pair.one.id, pair.other.id, stay=True)
        if dialog is not None:
            dialog.merged.connect(self._on_merged)

    def not_same(self) -> None:
        pair = self.chosen()
        if pair is None or not self.isVisible():
            return
        said = self.tr("{one} and {other} are two people").replace("{one}", pair.one.name)
        said, ids = said.replace("{other}", pair.other.name), pair_id(pair)
        self.gateway.write(duplicates.judge_not_same, *ids, at=self.desk.now(), said=said)
        if self.gateway.read(duplicates.side_by_side, *ids).judged:
            self.pairs.leave_out(lambda each: pair_id(each) == ids)

    def _on_merged(self, done: Merged) -> None:
        self.pairs.leave_out(lambda each: done.gone_id in (each.low, each.high))

    def _leave(self) -> None:
        self.desk.ask(OpenPlace("customers"))

    def _on_empty_act(self) -> None:
        if self.pairs.known:
            self._leave()
        else:
            self.pairs.look()

    # hearing

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.meter.show_share(0)
            self._soon.start()
        else:
            self._soon.stop()
            self._progress.hide()

    def _on_stopped(self) -> None:
        if not self.pairs.known:
            self._show_page()

    def _on_found(self) -> None:
        self.model.reload()
        number = self.model.rowCount()
        self.number.setText(f"{number:,}")
        if number and not self.list.selectionModel().hasSelection():
            self.list.choice.choose_place(max(0, self.list.currentIndex().row()))
        self._show_page()
        self._on_chosen(self.chosen())
        self._word_common()

    def _show_page(self) -> None:
        number = self.model.rowCount()
        keyed = self.window().focusWidget() in (self._blank, self.list, self.leave, self.back)
        self._word_empty()
        self._pages.setCurrentIndex(0 if number else 1)
        self.setFocusProxy(self.list if number else self.leave)
        if keyed:
            self.take_focus()

    def _on_chosen(self, pair: PairRow | None) -> None:
        if pair is None:
            return
        try:
            shown = self.gateway.read(duplicates.side_by_side, pair.one.id, pair.other.id)
        except ShopError:
            return  # it was merged elsewhere a moment ago: the search that runs will leave it out
        self.glance.show_pair(pair, shown)

    # words

    def _row_view(self, pair: PairRow) -> RowView:
        one, other = pair.one, pair.other
        same = one.name == other.name
        named = (
            one.name if same else self.tr("{one} — {other}").replace("{one}", one.name).replace("{other}", other.name)
        )
        reason = reasons_words(pair.likeness, shared_phone(one.phone, other.phone), same_name=same)
        keys = ((self.tr("Merge"), keycap("Return")), (self.tr("Not the same"), "N"))
        return RowView(pair_id(pair), named, reason=reason, badge=strength_badge(pair.likeness), keys=keys)

    def _word_common(self) -> None:
        common = self.pairs.too_common
        if not common:
            self.common.show_notice("")
            return
        named = self.tr(", ").join(self._common(each) for each in common[:MOST_NAMED])
        more = len(common) - MOST_NAMED
        rest = self.tr(" and %n more", "", more) if more > 0 else ""
        words = self.tr("**Too common to say anything:** {list}. Such cards are not compared by it.")
        self.common.show_notice(words.replace("{list}", named + rest))

    def _common(self, each: TooCommon) -> str:
        what = phone(each.what) if each.shared is Shared.PHONE else each.what
        return self.tr("{what} on %n card(s)", "", each.cards).replace("{what}", what)

    def _word_empty(self) -> None:
        if self.pairs.known:
            title = self.tr("No two cards look like one person")
            sentence = self.tr(
                "Same phones, same names with the same birthday, and phones one digit apart would stand here."
            )
        else:
            title = self.tr("The search was stopped")
            sentence = self.tr("Nothing was changed. Look again whenever the shop is quiet.")
        self.empty.set_words(title, sentence)
        self.leave.setText(self.tr("Back to the customers") if self.pairs.known else self.tr("Look again"))
