"""Copies of the shop, and the way back: whether the file is whole, what it holds, and mending what can be mended."""

from app.services.backup.check import check, rebuild
from app.services.backup.contents import Contents, contents
from app.services.backup.report import Fault, Problem, Report

__all__ = ["Contents", "Fault", "Problem", "Report", "check", "contents", "rebuild"]
