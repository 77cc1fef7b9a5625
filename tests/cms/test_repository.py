"""Rules that the files of the repository keep."""

import locale
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

LOCKS = ("requirements.lock", "requirements-dev.lock")
# Put together here, so that this file does not name them either.
REGISTRY_HOSTS = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("crates", "io"))
]


def tracked_files(root: Path) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    paths = [root / name.decode() for name in listed.stdout.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def requirements(path: Path) -> dict[str, tuple[str, int]]:
    """Return version (with marker) and number of hashes per package; a package with two markers counts twice."""
    blocks = re.split(r"\n(?=\S)", path.read_text().strip())
    found = {}
    for block in blocks:
        match = re.match(r"([A-Za-z0-9_.\-\[\],]+)==(\S+)(?: ; ([^\\]+))?", block)
        assert match, block.splitlines()[0]
        found[f"{match[1]} {match[3] or ''}".strip()] = (match[2], block.count("--hash=sha256:"))
    return found


def test_folder_of_catalogs_does_not_hide_the_standard_library(root: Path) -> None:
    assert not (root / "locale" / "__init__.py").exists()
    assert locale.__file__ is not None
    assert not Path(locale.__file__).is_relative_to(root / "locale")
    assert callable(locale.getlocale)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_address(root: Path, name: str) -> None:
    assert "://" not in (root / name).read_text()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(root: Path, name: str) -> None:
    without = [package for package, (_, hashes) in requirements(root / name).items() if hashes == 0]

    assert without == []


def test_development_lock_contains_the_other_one(root: Path) -> None:
    runtime, development = (requirements(root / name) for name in LOCKS)

    assert {name: development.get(name) for name in runtime} == runtime


def test_every_dependency_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    wanted = [
        re.split(r"[\[=<>~! ]", name)[0].lower().replace("_", "-") for name in project["project"]["dependencies"]
    ]
    locked = {name.split()[0].split("[")[0] for name in requirements(root / "requirements.lock")}

    assert sorted(set(wanted) - locked) == []


def test_no_file_names_a_package_registry(root: Path) -> None:
    naming = [
        str(path.relative_to(root))
        for path in tracked_files(root)
        if any(host.encode() in path.read_bytes() for host in REGISTRY_HOSTS)
    ]

    assert naming == []


def test_catalogs_compiled_and_data_are_not_in_the_repository(root: Path) -> None:
    names = [path.relative_to(root).as_posix() for path in tracked_files(root)]

    assert [name for name in names if name.endswith((".mo", ".sqlite3")) or name.startswith(("var/", ".venv/"))] == []


def test_containers_are_complete(root: Path) -> None:
    compose = yaml.safe_load((root / "compose.yaml").read_text())
    services = compose["services"]

    assert set(services) == {"web", "worker", "postgres", "redis", "proxy"}
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["proxy"]["ports"][0].startswith("127.0.0.1:")
    for service in services.values():
        named = [volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith(".")]
        assert set(named) <= set(compose["volumes"])
        assert set(service.get("depends_on", {})) <= set(services)
    mounted = [volume.split(":")[0] for volume in services["proxy"]["volumes"] if volume.startswith("./")]
    assert all((root / name).is_file() for name in mounted)


def test_containers_are_told_what_production_demands(root: Path) -> None:
    compose = yaml.safe_load((root / "compose.yaml").read_text())
    demanded = re.search(r"demand\(\((.+?)\)\)", (root / "cms" / "settings" / "production.py").read_text())

    assert demanded is not None
    names = set(re.findall(r'"(\w+)"', demanded[1]))
    assert names == {"SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL"}
    assert names <= set(compose["services"]["web"]["environment"])


def test_image_runs_without_root_and_checks_its_health(root: Path) -> None:
    lines = (root / "Dockerfile").read_text().splitlines()
    copied = [line.split()[-2] for line in lines if line.startswith("COPY") and "--from" not in line]

    assert next(line for line in lines if line.startswith("FROM")).endswith(" AS build")
    assert [line for line in lines if line.startswith("USER")] == ["USER cms"]
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert all((root / name).exists() for name in copied)
    for script in ("docs/deploy/probe.py", "docs/deploy/entrypoint.sh"):
        assert any(script in line for line in lines)
        assert (root / script).is_file()


def test_shell_scripts_can_be_parsed(root: Path) -> None:
    for name in ("docs/deploy/entrypoint.sh", ".ci/run"):
        result = subprocess.run(["bash", "-n", str(root / name)], capture_output=True, text=True)
        assert (name, result.stderr) == (name, "")


def test_links_of_the_documents_lead_somewhere(root: Path) -> None:
    broken = []
    for path in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text()):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")

    assert broken == []


def test_commands_of_the_documents_exist(root: Path) -> None:
    known = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    documents = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    used = {word for path in documents for word in re.findall(r"`?make ([a-z-]+)", path.read_text())}

    assert used
    assert used - known - {"alone"} == set()
