"""The files of docs/deploy: units that systemd reads, scripts that run, and names that fit together."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNITS = (
    "study-cms-backup.service",
    "study-cms-backup.timer",
    "study-cms-web.service",
    "study-cms-worker.service",
)
PLACE = "/srv/study-cms"


def unit(root: Path, name: str) -> configparser.ConfigParser:
    """Read a unit; a name that stands twice in a section fails."""
    parser = configparser.ConfigParser(interpolation=None, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((root / "docs" / "deploy" / name).read_text())
    return parser


def example(root: Path) -> dict[str, str]:
    """Return the settings of the example file."""
    lines = (root / "docs" / "deploy" / "study-cms.env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_every_unit_is_known(root: Path) -> None:
    folder = root / "docs" / "deploy"

    assert sorted(path.name for path in folder.iterdir() if path.suffix in (".service", ".timer")) == list(UNITS)


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_services_run_what_is_there_without_rights(root: Path, name: str) -> None:
    service = unit(root, name)["Service"]

    program, *arguments = service["ExecStart"].split()
    scripts = [word.removeprefix(f"{PLACE}/") for word in arguments if word.startswith(PLACE)]
    assert all((root / script).is_file() for script in scripts)
    assert program == "/bin/sh" or program.startswith(f"{PLACE}/.venv/bin/")
    assert (service["User"], service["Group"]) == ("study-cms", "study-cms")
    assert service["WorkingDirectory"] == PLACE
    assert service["EnvironmentFile"] == "/etc/study-cms.env"
    assert service["StateDirectory"].split()[0] == "study-cms"
    assert (service["NoNewPrivileges"], service["ProtectSystem"]) == ("true", "strict")
    assert service["UMask"] in ("0027", "0077")


def test_units_are_verified_by_systemd(root: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        return  # the other tests read the units on machines without systemd
    for name in UNITS:
        text = (root / "docs" / "deploy" / name).read_text()
        text = text.replace(f"{PLACE}/.venv/bin", str(Path(sys.executable).parent)).replace(PLACE, str(root))
        (tmp_path / name).write_text(text)

    result = subprocess.run(
        [program, "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)], capture_output=True, text=True
    )

    ours = [line for line in result.stderr.splitlines() if "study-cms" in line]
    assert (ours, result.returncode) == ([], 0)


def test_example_of_the_settings_is_what_production_reads(root: Path) -> None:
    described = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", (root / "docs" / "operators.md").read_text(), re.MULTILINE))
    settings = example(root)

    assert settings.keys() - described == {"DJANGO_SETTINGS_MODULE"}
    assert settings["DJANGO_SETTINGS_MODULE"] == "cms.settings.production"
    assert settings["LINKS_DATA_DIR"] == f"/var/lib/{unit(root, 'study-cms-web.service')['Service']['StateDirectory']}"
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL"} <= settings.keys()


def test_proxies_do_not_hand_out_documents(root: Path) -> None:
    caddy = (root / "docs" / "deploy" / "Caddyfile").read_text()

    assert caddy.count("{") == caddy.count("}")
    assert caddy.index("handle /media/documents/* {\n\t\t\trespond 404") < caddy.index("handle_path /media/* {")
    assert f"root * {example(root)['LINKS_DATA_DIR']}/media" in caddy
    bound = unit(root, "study-cms-web.service")["Service"]["ExecStart"].split()[-1]
    assert f"reverse_proxy {bound}" in caddy


def test_command_with_the_settings_of_the_machine(root: Path, tmp_path: Path) -> None:
    settings = {**example(root), "SECRET_KEY": "s" * 50, "SITE_NAME": '"Two words & more"'}
    settings |= {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3", "LINKS_DATA_DIR": str(tmp_path)}
    (tmp_path / "settings.env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    show = "from django.conf import settings; print(settings.SITE_NAME, settings.BASE_URL, settings.DEBUG)"

    result = subprocess.run(
        ["sh", str(root / "docs" / "deploy" / "manage.sh"), "shell", "--no-imports", "-c", show],
        cwd="/",
        env={"PATH": os.environ["PATH"], "PYTHON": sys.executable, "SETTINGS_FILE": str(tmp_path / "settings.env")},
        capture_output=True,
        text=True,
    )

    assert result.stdout == "Two words & more https://www.example.org False\n", result.stderr
