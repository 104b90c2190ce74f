"""Runs the stories."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.loyalty.machine import story
from tests.loyalty.machine.card_story import CardStory, begun


def tell(empty: Path, stories: int, steps: int, number: int) -> None:
    """So many stories of so many steps, the same for the same number; raises RuleBroken as the first of them does.

    `empty` is the file of a new shop, which each story begins with a copy of.
    """
    with TemporaryDirectory() as folder:
        story.EMPTY[:] = [begun(empty, Path(folder))]
        _tell(stories, steps, number)


def _tell(stories: int, steps: int, number: int) -> None:
    told = settings(
        max_examples=stories,
        stateful_step_count=steps,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    machine = seed(number)(type("CardStory", (CardStory,), {}))
    run_state_machine_as_test(machine, settings=told)
