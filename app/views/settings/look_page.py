"""How this computer shows the program: language, colours, size of the text. Kept on the computer, not in the shop."""

from app.views.settings.binding import EvenForm
from app.views.settings.page import SettingsPage
from app.views.shared import look
from app.views.shared.cards import Card
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Relook
from app.views.shared.labels import PlainLabel

SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)


class LookPage(SettingsPage):
    """Every choice takes effect at once; the keys in the menu do the same."""

    def build(self) -> None:
        self.title, self.caption = PlainLabel("", "strong"), self.hint()
        self.language, self.theme, self.scale = Chips(size="form"), Chips(size="form"), Chips(size="form")
        self.form = EvenForm()
        for name, field in (("language", self.language), ("theme", self.theme), ("scale", self.scale)):
            self.form.add(name, "", field)
        self.language.chosen.connect(lambda code: self.desk.ask(Relook(language=code)))
        self.theme.chosen.connect(lambda code: self.desk.ask(Relook(theme=code)))
        self.scale.chosen.connect(lambda size: self.desk.ask(Relook(scale=size)))
        self.arrange(Card(self.title, self.caption, self.form, gap=8))

    def relook(self) -> None:
        super().relook()
        self.show_look()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Look"))
        self.caption.setText(self.tr("Kept on this computer; another counter may look different."))
        self.form.set_label("language", self.tr("Language"))
        self.form.set_label("theme", self.tr("Colours"))
        self.form.set_label("scale", self.tr("Size of text"))
        self.language.show_chips([ChipView("zh_CN", "简体中文"), ChipView("en", "English")])
        self.theme.show_chips(
            [
                ChipView("light", self.tr("Light"), icon="ph.sun"),
                ChipView("dark", self.tr("Dark"), icon="ph.moon"),
                ChipView("system", self.tr("Like the system"), icon="ph.monitor"),
            ]
        )
        self.scale.show_chips([ChipView(size, f"{size:.0%}") for size in SCALES])
        self.show_look()

    def show_look(self) -> None:
        """Choose what is in force, however it came to be."""
        now = look.current()
        self.language.set_value(now.language)
        self.theme.set_value(now.theme.value)
        self.scale.set_value(now.scale)
