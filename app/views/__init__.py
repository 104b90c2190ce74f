"""The window: Qt and nothing else; data comes and goes through the gateway.

What the first screen reads is imported before Qt: PySide looks into every module that is imported after it.
"""

import app.services.complaints.board
import app.services.followups.birthdays
import app.services.followups.day_figures
import app.services.followups.decisions
import app.services.followups.today  # noqa: F401
