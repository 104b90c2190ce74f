"""Runs the stories."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import initialize, run_state_machine_as_test

from tests.loyalty.machine import story
from tests.loyalty.machine.card_story import CardStory, begun

Beginning = Callable[[CardStory], None]


def tell(empty: Path, stories: int, steps: int, number: int, begins: Beginning | None = None) -> None:
    """So many stories of so many steps, the same for the same number; raises RuleBroken as the first of them does.

    `empty` is the file of a new shop, which each story begins with a copy of, and then does what `begins` does.
    """
    with TemporaryDirectory() as folder:
        story.EMPTY[:] = [begun(empty, Path(folder))]
        _tell(stories, steps, number, begins)


def _tell(stories: int, steps: int, number: int, begins: Beginning | None) -> None:
    told = settings(
        max_examples=stories,
        stateful_step_count=steps,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    machine = seed(number)(type("CardStory", (CardStory,), {} if begins is None else {"begins": initialize()(begins)}))
    run_state_machine_as_test(machine, settings=told)
