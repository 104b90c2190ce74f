"""What a case puts on paper: the slip a customer takes home, and the whole case file; in either language."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.domain.complaints import ComplaintState, written_number
from app.formats.code_words import word
from app.services.complaints import AttachmentRow, Case, CaseEvent, CaseMark, RemedyRow
from app.views.complaints.files_strip import size_words
from app.views.complaints.picture import read_picture
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.layouts import row
from app.views.shared.paper import Grid, Paint
from app.views.shared.sheet_dialog import SheetDialog
from app.views.shared.slip_sheet import A4, A5, ROLL, RULE, SlipRow, SlipSheet
from app.views.shared.slip_words import Wording

DOTS = 1200
"""How many dots a picture has on its longer side: enough for the width of a page."""
LANGUAGES = (("zh_CN", "简体中文"), ("en", "English"))


class CaseWording(Wording):
    """Words codes of a case in the language of the paper."""

    def word(self, group: str, code: str) -> str:
        return word(group, code, self.language) or code

    def staff(self, name: str) -> str:
        return self.say("owner") if name == "owner" else name


def slip_rows(case: Case, w: CaseWording) -> list[SlipRow]:
    """What the customer takes home: the number, their words, and by when the shop answers and solves it."""
    card = case.card
    rows = [SlipRow("title", w.shop.name), SlipRow("centre", w.say("case_slip"))]
    rows.append(SlipRow("pair", w.say("case_number", number=written_number(card.number)), w.moment(card.opened_at)))
    if card.who is not None:
        rows.append(SlipRow("small", w.say("customer", name=card.who.name)))
    rows += [SlipRow("small", w.say("case_taken", staff=w.staff(case.staff))), RULE]
    rows += [SlipRow("pair", part) for part in card.words.splitlines() if part.strip()]
    if card.wish:
        rows.append(SlipRow("small", w.say("case_wish", wish=card.wish)))
    rows.append(RULE)
    if card.state in (ComplaintState.RESOLVED, ComplaintState.CLOSED):
        rows.append(SlipRow("strong", w.say("case_done")))
        rows += [SlipRow("pair", said) for said in _done(case, w)]
    else:
        rows.append(SlipRow("strong", w.say("case_promise")))
        rows.append(SlipRow("pair", w.say("case_answer"), w.moment(case.promise.answer_by)))
        rows.append(SlipRow("pair", w.say("case_solve"), w.moment(case.promise.resolve_by)))
    return [*rows, RULE, SlipRow("centre", w.say("case_thanks"))]


def file_rows(case: Case, w: CaseWording, pictures: Mapping[str, QImage]) -> list[SlipRow]:
    """Everything about a case, its pictures at the end: for the shop's own files.

    `pictures` by the stored name of a file; a file that is none stands there by its name.
    """
    return [
        *_head(case, w),
        *_told(case, w),
        *_put_right(case, w),
        *_why(case, w),
        *_history(case, w),
        *_files(case, w, pictures),
    ]


def _head(case: Case, w: CaseWording) -> list[SlipRow]:
    card = case.card
    state = w.word("state", card.state)
    about = " · ".join(
        filter(None, (w.word("category", card.category), w.word("severity", card.severity), _channel(card.channel, w)))
    )
    people = [("case_logged", case.staff), ("case_looked_after", case.assignee)]
    return [
        SlipRow("title", w.say("case_file", number=written_number(card.number))),
        SlipRow("centre", w.shop.name),
        RULE,
        SlipRow("strong", card.who.name if card.who else w.say("case_nobody"), state),
        SlipRow("pair", about, w.moment(card.opened_at)),
        *(SlipRow("small", w.say(code, name=w.staff(name))) for code, name in people if name),
        SlipRow("small", w.say("case_answer"), w.moment(case.promise.answer_by)),
        SlipRow("small", w.say("case_solve"), w.moment(case.promise.resolve_by)),
    ]


def _told(case: Case, w: CaseWording) -> list[SlipRow]:
    card = case.card
    rows = [RULE, SlipRow("strong", w.say("case_words"))]
    rows += [SlipRow("pair", part) for part in card.words.splitlines() if part.strip()]
    if card.wish:
        rows.append(SlipRow("pair", w.say("case_wish", wish=card.wish)))
    if case.sale:
        rows.append(SlipRow("pair", w.say("case_sale", number=case.sale.number), w.money(case.sale.revenue)))
    if case.product:
        rows.append(SlipRow("pair", w.say("case_goods", name=case.product.name)))
    return rows


def _put_right(case: Case, w: CaseWording) -> list[SlipRow]:
    rows = [RULE, SlipRow("strong", w.say("case_put_right"), w.money(case.cost) if case.cost else "")]
    if case.card.remedy:
        rows.append(SlipRow("pair", case.card.remedy))
    for remedy in case.remedies:
        void = not remedy.counts
        said = w.say("case_void", what=_given(remedy, w)) if void else _given(remedy, w)
        rows.append(SlipRow("pair", said, w.money(remedy.cost) if remedy.cost and not void else ""))
        rows.append(SlipRow("small", f"{w.moment(remedy.at)} · {w.staff(remedy.staff)}"))
    if case.card.satisfaction is not None:
        rows.append(SlipRow("pair", w.say("case_satisfaction", answer=case.card.satisfaction)))
    return rows


def _done(case: Case, w: CaseWording) -> list[str]:
    standing = [one for one in case.remedies if one.counts]
    return [said for said in (case.card.remedy, *(_given(one, w) for one in standing)) if said]


def _given(remedy: RemedyRow, w: CaseWording) -> str:
    kind = w.word("remedy", remedy.kind)
    points = f"{remedy.points:,}" if remedy.points else ""
    facts = (points, remedy.coupon, remedy.return_number, remedy.product, remedy.note)
    return " · ".join(part for part in (kind, *facts) if part)


def _why(case: Case, w: CaseWording) -> list[SlipRow]:
    cause = case.cause
    if not (cause.code or cause.prevention):
        return []
    named = cause.name or w.word("cause", cause.code)
    rows = [RULE, SlipRow("strong", w.say("case_cause")), *([SlipRow("pair", named)] if cause.code else [])]
    if cause.prevention:
        rows += [SlipRow("pair", part) for part in cause.prevention.splitlines() if part.strip()]
    if cause.staff:
        rows.append(SlipRow("small", w.say("case_cause_owner", name=w.staff(cause.staff))))
    return rows


def _files(case: Case, w: CaseWording, pictures: Mapping[str, QImage]) -> list[SlipRow]:
    if not case.attachments:
        return []
    named = [SlipRow("pair", one.name, size_words(one.size)) for one in case.attachments if one.stored not in pictures]
    shown = [
        SlipRow("picture", one.name, picture=pictures[one.stored]) for one in case.attachments if one.stored in pictures
    ]
    return [RULE, SlipRow("strong", w.say("case_files")), *named, *shown]


def _history(case: Case, w: CaseWording) -> list[SlipRow]:
    told: list[tuple[CaseEvent | CaseMark, str]] = [(e, _step(e, place, w)) for place, e in enumerate(case.events)]
    told += [(mark, _mark(mark, w)) for mark in case.marks]
    rows = [RULE, SlipRow("strong", w.say("case_history"))]
    for event, said in sorted(told, key=lambda pair: pair[0].at):
        rows.append(SlipRow("pair", said, f"{w.moment(event.at)} · {w.staff(event.staff)}"))
        if event.note:
            rows.append(SlipRow("small", f"“{event.note}”"))
    return rows


def _mark(mark: CaseMark, w: CaseWording) -> str:
    answered = mark.answer is not None
    said = w.say("case_satisfaction", answer=mark.answer) if answered else w.say(f"case_{mark.kind}")
    return w.say("case_taken_back", what=said) if mark.takes_back else said


def _step(event: CaseEvent, place: int, w: CaseWording) -> str:
    state = w.word("state", event.state)
    if event.takes_back:
        return w.say("case_taken_back", what=state)
    if event.state is ComplaintState.OPEN:
        return w.say("case_opened" if place == 0 else "case_reopened")
    return state


def _channel(code: str, w: CaseWording) -> str:
    return w.word("channel", code) if code else ""


class PapersDialog(SheetDialog):
    """The slip on a roll or on A5, or the case file on A4; the language of the shop's slips is chosen first."""

    def __init__(self, desk: Desk, parent: QWidget, case: Case) -> None:
        self._case = case
        self._pictures = _pictures(desk, case)
        grids = [
            (SlipSheet([], ROLL).grid, "80 mm"),
            (SlipSheet([], A5).grid, "A5"),
            (SlipSheet([], A4).grid, "A4"),
        ]
        number = written_number(case.card.number)
        super().__init__(desk, parent, grids, f"{number}.pdf")
        self.language = Chips(size="form")
        self.language.show_chips([ChipView(code, name) for code, name in LANGUAGES])
        self.language.set_value(desk.settings.slip_language)
        self.language.chosen.connect(lambda _code: self.refresh())
        self.options.addLayout(row(self.language, None))
        kinds = {ROLL: self.tr("Slip, 80 mm"), A5: self.tr("Slip, A5"), A4: self.tr("Case file, A4")}
        self.kinds.show_chips([ChipView(grid.name, kinds[grid.name]) for grid, _ in grids])
        self.kinds.set_value(desk.settings.slip_paper)
        self.set_title(self.tr("Print the case"), number)
        self.refresh()

    def things(self, grid: Grid) -> tuple[Sequence[Paint], int]:
        return self._sheet(grid.name).things(), 0

    def page_of(self, grid: Grid) -> Grid:
        """A roll is as long as what is on it."""
        return self._sheet(grid.name).grid

    def _sheet(self, paper: str) -> SlipSheet:
        w = CaseWording(self._desk, str(self.language.value()))
        return SlipSheet(self._rows(paper, w), paper)

    def _rows(self, paper: str, w: CaseWording) -> list[SlipRow]:
        return file_rows(self._case, w, self._pictures) if paper == A4 else slip_rows(self._case, w)


def _pictures(desk: Desk, case: Case) -> dict[str, QImage]:
    """The files of a case that can be drawn; one that is gone from the folder or broken is not among them."""
    folder = desk.gateway.files.folder
    read = {one.stored: read_picture(folder / one.stored, DOTS) for one in case.attachments if _is_picture(one)}
    return {stored: image for stored, image in read.items() if not image.isNull()}


def _is_picture(file: AttachmentRow) -> bool:
    return file.mime.startswith("image/")


def open_papers(desk: Desk, parent: QWidget, case: Case) -> PapersDialog:
    """Show a case as it is printed."""
    dialog = PapersDialog(desk, parent, case)
    dialog.present()
    return dialog
