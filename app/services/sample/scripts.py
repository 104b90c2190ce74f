"""The starter scripts of the sample shop: a few questions about everyday use and about gifts."""

from app.models.interactions import NeedScript, ScriptQuestion
from app.services.sample import words
from app.services.sample.rows import Rows


def write_scripts(rows: Rows, language: str) -> None:
    """Two scripts, each for one of the shop's groups of goods."""
    said, asked = words.texts(language), 0
    for script_id, script in enumerate(said["scripts"], 1):
        rows.add(
            NeedScript,
            id=script_id,
            name=script["name"],
            category=said["categories"].get(script["category"], ""),
            position=script_id - 1,
        )
        for position, question in enumerate(script["questions"]):
            asked += 1
            rows.add(ScriptQuestion, id=asked, script_id=script_id, position=position, **question)
