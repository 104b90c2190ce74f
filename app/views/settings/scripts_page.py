"""The shop's own questions: which goods they are for, what is asked, and where on the card an answer lands."""

from app.services import interactions
from app.services.interactions import QuestionRow, ScriptRow
from app.views.settings.ordered_list import OrderedList
from app.views.settings.page import SettingsPage
from app.views.settings.script_dialogs import QuestionDialog, ScriptDialog, lands_words
from app.views.shared.badges import BadgeView
from app.views.shared.lists import RowView


class ScriptsPage(SettingsPage):
    """Two lists: the scripts, and the questions of the chosen one."""

    watches = frozenset({"interactions", "settings"})

    def build(self) -> None:
        self.scripts, self.questions = OrderedList(), OrderedList()
        self._rows: list[ScriptRow] = []
        self.arrange(self.scripts, self.questions)
        self.scripts.chosen.connect(self._show_questions)
        self.scripts.added.connect(lambda: ScriptDialog(self.desk, self, None).present())
        self.scripts.edited.connect(self._on_edit_script)
        self.scripts.moved.connect(self._on_script_moved)
        self.scripts.shelved.connect(self._on_script_shelved)
        self.questions.added.connect(self._on_add_question)
        self.questions.edited.connect(self._on_edit_question)
        self.questions.moved.connect(self._on_question_moved)
        self.questions.shelved.connect(self._on_question_shelved)

    def retranslate(self) -> None:
        self.scripts.say(
            self.tr("Questions by goods"),
            self.tr("What to ask somebody in order to find out what they need; chosen in the contact form with F3."),
            self.tr("Nothing here yet: begin with the goods you are asked about most."),
        )
        self._word_questions()
        self._show()

    def reload(self) -> None:
        super().reload()
        self._rows = self.desk.gateway.read(interactions.scripts, archived=True)
        self._show()

    def script(self) -> ScriptRow | None:
        """The chosen script."""
        return next((row for row in self._rows if row.id == self.scripts.current()), None)

    def question(self, question_id: int) -> QuestionRow:
        """One of its questions."""
        return next(row for script in self._rows for row in script.questions if row.id == question_id)

    def _show(self) -> None:
        self.scripts.show_rows(
            [self._script_view(row) for row in self._rows], frozenset(row.id for row in self._rows if row.archived)
        )
        self._show_questions()

    def _show_questions(self) -> None:
        script = self.script()
        self.questions.setVisible(script is not None)
        rows = script.questions if script else ()
        self._word_questions()
        self.questions.show_rows(
            [self._question_view(row) for row in rows], frozenset(row.id for row in rows if row.archived)
        )

    def _word_questions(self) -> None:
        script = self.script()
        self.questions.say(
            script.name if script else "",
            self.tr("Asked from the first to the last; a closed question is answered with one digit."),
            self.tr("No question yet."),
        )

    def _script_view(self, row: ScriptRow) -> RowView:
        asked = sum(not question.archived for question in row.questions)
        parts = [row.category or self.tr("any goods"), self.tr("%n question(s)", "", asked)]
        return _view(row.id, row.name, " · ".join(parts), self._badge(row.archived))

    def _question_view(self, row: QuestionRow) -> RowView:
        how = " / ".join(row.choices) or self.tr("open question")
        parts = [how, lands_words(row.lands_in)]
        if row.answered:
            parts.append(self.tr("%n answer(s)", "", row.answered))
        return _view(row.id, row.text, " · ".join(parts), self._badge(row.archived))

    def _badge(self, archived: bool) -> BadgeView | None:
        return BadgeView(self.tr("put away")) if archived else None

    def _on_edit_script(self, script_id: int) -> None:
        script = self.script()
        if script is not None and script.id == script_id:
            ScriptDialog(self.desk, self, script).present()

    def _on_script_moved(self, script_id: int, place: int) -> None:
        self.desk.gateway.write(interactions.move_script, script_id, place, said=self.tr("Moved"))

    def _on_script_shelved(self, script_id: int) -> None:
        script, write = self.script(), self.desk.gateway.write
        if script is None:
            return
        if script.archived:
            write(interactions.unarchive_script, script_id, said=self._again(script.name))
        else:
            write(interactions.archive_script, script_id, at=self.desk.now(), said=self._away(script.name))

    def _on_add_question(self) -> None:
        script = self.script()
        if script is not None:
            QuestionDialog(self.desk, self, script.id, None).present()

    def _on_edit_question(self, question_id: int) -> None:
        script = self.script()
        if script is not None:
            QuestionDialog(self.desk, self, script.id, self.question(question_id)).present()

    def _on_question_moved(self, question_id: int, place: int) -> None:
        self.desk.gateway.write(interactions.move_question, question_id, place, said=self.tr("Moved"))

    def _on_question_shelved(self, question_id: int) -> None:
        row, write = self.question(question_id), self.desk.gateway.write
        if row.archived:
            write(interactions.unarchive_question, question_id, said=self._again(row.text))
        else:
            write(interactions.archive_question, question_id, at=self.desk.now(), said=self._away(row.text))

    def _again(self, name: str) -> str:
        return self.tr("In use again: {name}").replace("{name}", name)

    def _away(self, name: str) -> str:
        return self.tr("Put away: {name}").replace("{name}", name)


def _view(identity: int, title: str, reason: str, badge: BadgeView | None) -> RowView:
    return RowView(identity, title, reason, badge=badge, picture="none")
