"""Carries out the recipes of docs/developers.md in a copy of the repository, word for word."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

STEP = re.compile(
    r"^(?:New file `(?P<new>[^`]+)`|In `(?P<old>[^`]+)`, (?P<where>above|below|instead of) `(?P<anchor>[^\n]+)`):\n\n"
    r"```\w+\n(?P<text>.*?)^```$|^```sh\n(?P<commands>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
CLAIMS = re.compile(r"^(?:New file|In) `", re.MULTILINE)
RECIPES = ("Add a block", "Add a page type", "Add a language", "Renew the lock")
pytestmark = [pytest.mark.xdist_group("recipes"), pytest.mark.one_database]


@dataclass
class Copy:
    """A copy of the repository, the text of its recipes, and the files that they wrote or changed so far."""

    root: Path
    recipes: dict[str, str]
    written: list[str] = field(default_factory=list)

    def follow(self, name: str) -> list[str]:
        """Write the files of a recipe, run its commands, and return the tests that it wants to be run."""
        text = self.recipes[name]
        steps = list(STEP.finditer(text))
        assert len([step for step in steps if not step["commands"]]) == len(CLAIMS.findall(text)), name
        tests = []
        for step in steps:
            self.written += filter(None, [step["new"] or step["old"]])
            if step["new"]:
                path = self.root / step["new"]
                assert not path.exists(), path
                path.write_text(step["text"])
            elif step["old"]:
                self._insert(step["old"], step["where"], step["anchor"], step["text"])
            for command in (step["commands"] or "").splitlines():
                if command.startswith(".venv/bin/pytest "):
                    tests += command.split()[1:]
                else:
                    self.run(command)
        return tests

    def run(self, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command as a developer would; what it needs is installed already, so that is not looked at again."""
        words = command.split()
        if words[0] == "make":
            words[1:1] = ["--old-file=install", "--old-file=install-dev"]
        known = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "LINKS_DATA_DIR": str(self.root / "var"),
        }
        return subprocess.run(words, cwd=self.root, env=known | environment, capture_output=True, text=True)

    def _insert(self, name: str, where: str, anchor: str, text: str) -> None:
        path = self.root / name
        lines = path.read_text().splitlines(keepends=True)
        (place,) = (number for number, line in enumerate(lines) if line.strip() == anchor)
        if where == "instead of":
            lines[place] = text
        else:
            # A decorator belongs to what follows it, so what is put above goes above that, too.
            while where == "above" and lines[place - 1].startswith("@"):
                place -= 1
            lines.insert(place + (where == "below"), text)
        path.write_text("".join(lines))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Copy every file of the repository and lend it this virtual environment."""
    source = Path(__file__).resolve().parent.parent
    root = tmp_path_factory.mktemp("recipes") / "repository"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=source,
        capture_output=True,
        check=True,
        text=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (source / name).is_file():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, root / name)
    (root / ".venv").symlink_to(sys.prefix)
    sections = re.split(r"^### (.+)$", (root / "docs" / "developers.md").read_text(), flags=re.MULTILINE)
    return Copy(
        root, {name: text.split("\n## ")[0] for name, text in zip(sections[1::2], sections[2::2], strict=True)}
    )


def succeed(copy: Copy, commands: Sequence[str]) -> None:
    """Run commands again and demand that they find nothing to do."""
    for command in commands:
        result = copy.run(command)
        assert result.returncode == 0, result.stdout + result.stderr


def test_every_recipe_is_known(copy: Copy) -> None:
    assert tuple(copy.recipes) == RECIPES


def test_blocks_page_types_and_languages_are_added_as_described(copy: Copy) -> None:
    tests = [test for name in RECIPES[:3] for test in copy.follow(name)]

    assert tests == ["tests/pages/test_key_figure.py", "tests/pages/test_news.py", "tests/cms/test_swedish.py"]
    ran = copy.run(f".venv/bin/pytest -q -p no:cacheprovider {' '.join(tests)}")
    assert ran.stdout.splitlines()[-1].startswith("3 passed"), ran.stdout + ran.stderr

    code = " ".join(sorted({name for name in copy.written if name.endswith(".py")}))
    succeed(copy, [f".venv/bin/ruff check {code}", f".venv/bin/ruff format --check {code}"])
    succeed(
        copy, [".venv/bin/python manage.py makemigrations --check", ".venv/bin/python manage.py export_schema --check"]
    )
    schema = (copy.root / "cms" / "graphql" / "schema.graphql").read_text()
    assert "type KeyFigureBlock implements Block {" in schema
    assert "type NewsPage implements " in schema
    assert re.search(r'"""Svenska"""\n  SV\n', schema)
    catalog = (copy.root / "locale" / "sv" / "LC_MESSAGES" / "django.po").read_text()
    assert 'msgid "Key figure"\nmsgstr ""' in catalog
    gaps = copy.run(".venv/bin/python manage.py catalogs")
    assert gaps.returncode == 1
    assert "sv: not translated: 'Key figure'" in gaps.stderr


def test_lock_is_renewed_as_described(copy: Copy, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for name in ("tiny", "small"):
        write_wheel(shelf, name)
    project = 'name = "multilingual-study-cms"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["tiny"]'
    (copy.root / "pyproject.toml").write_text(f'[project]\n{project}\n[dependency-groups]\ndev = ["small"]\n')
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (copy.root / lock).unlink()

    (command,) = re.findall(r"^make lock$", copy.recipes["Renew the lock"], re.MULTILINE)
    result = copy.run(command, UV_OFFLINE="1", UV_NO_INDEX="1", UV_FIND_LINKS=str(shelf), UV_NO_CACHE="1")

    assert result.returncode == 0, result.stderr
    runtime = (copy.root / "requirements.lock").read_text()
    development = (copy.root / "requirements-dev.lock").read_text()
    assert re.fullmatch(r"tiny==1\.0 \\\n    --hash=sha256:[0-9a-f]{64}\n", runtime)
    assert re.fullmatch(r"small==1\.0 \\\n    --hash=sha256:[0-9a-f]{64}\n" + re.escape(runtime), development)


def write_wheel(folder: Path, name: str) -> None:
    """Write an installable package without content."""
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", f"{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
