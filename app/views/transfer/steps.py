"""The steps of the wizard: how a person counts them, and which comes before which."""

from enum import IntEnum


class Step(IntEnum):
    FILE = 1
    READING = 2
    COLUMNS = 3
    TRYING = 4
    TRIED = 5
    BRINGING = 6
    DONE = 7
    REPAIR = 8


SHOWN_AS = {Step.FILE: 1, Step.READING: 2, Step.COLUMNS: 3}
"""The step a person counts; all after the columns is the fourth."""
STEPS = 4
BEFORE = {
    Step.READING: Step.FILE,
    Step.COLUMNS: Step.READING,
    Step.TRIED: Step.COLUMNS,
    Step.REPAIR: Step.DONE,
}
"""Where Back leads."""
