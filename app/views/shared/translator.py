"""The words of the program in another language, from readable catalogues instead of compiled ones.

A catalogue is `app/resources/translations/zh/<feature>.json`: context → English source → Chinese. English needs none:
its sources are its words, and only "(s)" after a number is settled here.
"""

import json
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

Catalogue = dict[str, dict[str, str]]
LANGUAGES = ("zh_CN", "en")


@cache
def catalogue(language: str) -> Catalogue:
    """Every context of a language; empty for English. Read once: nobody may write into it."""
    merged: Catalogue = {}
    if language != "zh_CN":
        return merged
    for file in sorted((files("app") / "resources" / "translations" / "zh").iterdir(), key=lambda item: item.name):
        if file.name.endswith(".json"):
            for context, words in json.loads(file.read_text(encoding="utf-8")).items():
                merged.setdefault(context, {}).update(words)
    return merged


class Words(QTranslator):
    """Answers Qt's every question for a text out of one catalogue."""

    def __init__(self, language: str, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self._spoken, self._words = language, catalogue(language)

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 (Qt's own name)
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        found = self._words.get(context, {}).get(sourceText)
        if found is None and n >= 0 and "(s)" in sourceText and self._spoken == "en":
            return sourceText.replace("(s)", "" if n == 1 else "s")
        return found


@cache
def interpreter(app: QCoreApplication) -> "Interpreter":
    """The one interpreter of the program: a second would leave the words of the first in force."""
    return Interpreter(app)


class Interpreter:
    """Installs one language at a time: our words and Qt's own (dialog buttons, copy menus)."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []

    def speak(self, language: str) -> None:
        """Switch while running; every widget hears `LanguageChange`."""
        previous, self._installed = self._installed, []
        QLocale.setDefault(QLocale(language))
        qt_words = QTranslator(self._app)
        if qt_words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._install(qt_words)
        self._install(Words(language, self._app))
        for translator in previous:
            self._app.removeTranslator(translator)
            translator.deleteLater()

    def _install(self, translator: QTranslator) -> None:
        self._app.installTranslator(translator)
        self._installed.append(translator)
