"""One line of what `doctor` says."""

import enum
from dataclasses import dataclass


class Level(enum.StrEnum):
    """How bad a finding is."""

    OK = "OK"
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True)
class Finding:
    """One line of the report: how bad, what was looked at, what was seen, and what to do ("" when nothing)."""

    level: Level
    subject: str
    seen: str
    advice: str = ""

    def __str__(self) -> str:
        advice = f" -> {self.advice}" if self.advice else ""
        return f"{self.level:<4}  {self.subject}: {self.seen}{advice}"
