"""Where one has been, for Alt+← and Alt+→."""


class History:
    """A trail of names with a place on it; a new visit cuts off what lay ahead."""

    def __init__(self) -> None:
        self._trail: list[str] = []
        self._at = -1

    def visit(self, name: str) -> None:
        if self._at >= 0 and self._trail[self._at] == name:
            return
        self._trail = [*self._trail[: self._at + 1], name]
        self._at = len(self._trail) - 1

    def back(self) -> str | None:
        return self._move(-1)

    def forward(self) -> str | None:
        return self._move(1)

    def _move(self, step: int) -> str | None:
        if not 0 <= self._at + step < len(self._trail):
            return None
        self._at += step
        return self._trail[self._at]
