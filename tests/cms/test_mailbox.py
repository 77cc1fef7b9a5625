"""The mailbox: what was not sent is read by whom it was for, shown without harm, and removed after a while."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cms.mailbox import FILE_BACKEND, mailbox_of, prune_mails
from cms.roles.groups import ROLES, ensure_groups
from cms.timetable import jobs

MAILBOX = "/admin/mailbox/"
LINE = "-" * 79


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_DELIVERY_BACKEND = FILE_BACKEND
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


@pytest.fixture
def sign_in(root_page: Any) -> Callable[..., Client]:
    """Return a function that signs somebody in: of a group, or an administrator."""
    ensure_groups()

    def enter(name: str, group: str = "") -> Client:
        user = get_user_model().objects.create_user(name, email=f"{name}@example.org", is_superuser=not group)
        if group:
            user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return enter


def send(subject: str, *to: str, text: str = "Hello", html: str = "", cc: str = "") -> None:
    mail = EmailMultiAlternatives(
        subject, text, "from@example.org", to, cc=[cc] if cc else [], connection=get_connection(FILE_BACKEND)
    )
    if html:
        mail.attach_alternative(html, "text/html")
    mail.send()


def write(folder: Path, content: bytes, moment: str = "20260101-120000", number: int = 1) -> Path:
    path = folder / f"{moment}-{number}.log"
    path.write_bytes(content)
    return path


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def document(client: Client, url: str = MAILBOX) -> Any:
    response = client.get(url)
    assert response.status_code == 200, url
    return lxml.html.fromstring(response.content)


def listed(client: Client) -> list[tuple[str, str]]:
    rows = document(client).xpath("//table[contains(@class, 'listing')]//tbody/tr")
    return [(words(row.xpath("./td")[0]), words(row.xpath("./td")[1])) for row in rows]


def address_of(client: Client) -> str:
    """Return the address of the newest mail."""
    return str(document(client).xpath("//table[contains(@class, 'listing')]//tbody//a/@href")[0])


def test_administrator_sees_all_mails_newest_first(folder: Path, sign_in: Callable[..., Client]) -> None:
    client = sign_in("boss")
    for day, to in ((1, "a@example.org"), (3, "b@example.org"), (2, "c@example.org")):
        head = f"Subject: Day {day}\nTo: {to}\nDate: Thu, 0{day} Jan 2026 12:00:00 -0000\n\nHello\n{LINE}\n"
        write(folder, head.encode(), number=day)

    assert listed(client) == [("Day 3", "b@example.org"), ("Day 2", "c@example.org"), ("Day 1", "a@example.org")]


@pytest.mark.parametrize("group", [role.name for role in ROLES])
def test_every_role_sees_the_mails_to_its_own_address_and_no_other(
    folder: Path, sign_in: Callable[..., Client], group: str
) -> None:
    boss, client = sign_in("boss"), sign_in("me", group)
    send("For somebody else", "you@example.org")
    secret = address_of(boss)
    send("For me", "ME@example.org")
    send("In copy", "you@example.org", cc="me@example.org")

    assert {subject for subject, _to in listed(client)} == {"For me", "In copy"}
    assert client.get(secret, follow=True).status_code == 404
    assert client.get(address_of(client)).status_code == 200


def test_person_without_an_address_sees_nothing(folder: Path, sign_in: Callable[..., Client]) -> None:
    client = sign_in("me", "Authors")
    get_user_model().objects.filter(username="me").update(email="")
    send("To nobody we know", "you@example.org")

    assert listed(client) == []
    assert "No mail yet." in words(document(client))


def test_stranger_is_asked_to_sign_in(folder: Path, root_page: Any) -> None:
    assert Client().get(MAILBOX).url == "/admin/login/?next=/admin/mailbox/"


def test_several_mails_of_one_file_are_told_apart_even_with_a_line_of_dashes_inside(
    folder: Path, sign_in: Callable[..., Client]
) -> None:
    client = sign_in("boss")
    connection = get_connection(FILE_BACKEND)
    connection.send_messages(
        [
            EmailMultiAlternatives("First", f"above\n{LINE}\nbelow", "from@example.org", ["a@example.org"]),
            EmailMultiAlternatives("Second", "Hello", "from@example.org", ["b@example.org"]),
        ]
    )

    box = mailbox_of(get_user_model().objects.get(username="boss"))

    assert [(mail.subject, mail.turn) for mail in sorted(box.mails, key=lambda mail: mail.turn)] == [
        ("First", 0),
        ("Second", 1),
    ]
    assert "below" in words(document(client, f"{MAILBOX}{box.mails[0].file}/0/"))


def test_mail_is_read_with_links_and_says_that_it_was_not_sent(folder: Path, sign_in: Callable[..., Client]) -> None:
    client = sign_in("boss")
    send("Größe & <b>more</b>", "a@example.org", text="Set it here: https://cms.example.org/reset/abc/\n\n\n\nBye <i>")

    page = document(client, address_of(client))

    assert words(page.xpath("//h1")[0]) == "Größe & <b>more</b>"
    assert page.xpath("//main//p/a/@href | //div[contains(@class, 'w-max-w-prose')]//a/@href") == [
        "https://cms.example.org/reset/abc/"
    ]
    assert "Bye <i>" in words(page)
    assert "No mail server is set up, so no mail leaves this site." in words(page)


def test_formatted_mail_loads_and_runs_nothing(folder: Path, sign_in: Callable[..., Client]) -> None:
    client = sign_in("boss")
    html = (
        '<p onclick="steal()">Hello <a href="https://example.org/x">there</a><a href="javascript:steal()">here</a></p>'
        '<img src="https://example.org/pixel.png"><script>steal()</script><style>p{color:red}</style><form><input></form>'
    )
    send("Formatted", "a@example.org", html=html)

    page = document(client, address_of(client))
    (shown,) = page.xpath("//section[@id='mail-html-section']//div[contains(@class, 'w-max-w-prose')]")

    assert lxml.html.tostring(shown, encoding="unicode").split(">", 1)[1].rsplit("</div>", 1)[0] == (
        '<p>Hello <a href="https://example.org/x" rel="noopener noreferrer">there</a>'
        '<a rel="noopener noreferrer">here</a></p>'
    )
    assert (
        words(page.xpath("//section[@id='mail-text-section']//div[contains(@class, 'w-max-w-prose')]")[0]) == "Hello"
    )


@pytest.mark.parametrize("content", [b"", b"no header at all", b"\xff\xfe\x00", LINE.encode() + b"\n"])
def test_file_that_is_no_mail_hides_no_other(folder: Path, sign_in: Callable[..., Client], content: bytes) -> None:
    client = sign_in("boss")
    write(folder, content)
    send("Whole", "a@example.org")

    assert listed(client) == [("Whole", "a@example.org")]


def test_file_that_cannot_be_read_is_told(folder: Path, sign_in: Callable[..., Client]) -> None:
    client = sign_in("boss")
    write(folder, b"no header at all")
    (folder / "20260101-120000-2.log").mkdir()

    assert "2 files in the folder of mails cannot be read." in words(document(client))


@pytest.mark.parametrize(
    "name",
    ["..%2F..%2Fsecret-key", "..", "%2E%2E%2Fsecret", "/etc/passwd", "20260101-120000-1.log%00", "secret.log", "."],
)
def test_no_other_file_is_served(folder: Path, sign_in: Callable[..., Client], name: str) -> None:
    client = sign_in("boss")
    mail = b"Subject: Secret\nTo: boss@example.org\n\nSecret\n"
    for path in (folder.parent / "secret-key", folder / "secret.log"):
        path.write_bytes(mail)
    write(folder, mail)

    response = client.get(f"{MAILBOX}{name}/0/", follow=True)

    assert response.status_code == 404
    assert b"Secret" not in response.content


def test_link_out_of_the_folder_is_not_followed(folder: Path, sign_in: Callable[..., Client]) -> None:
    client = sign_in("boss")
    outside = folder.parent / "outside"
    outside.write_bytes(b"Subject: Secret\nTo: boss@example.org\n\nSecret\n")
    (folder / "20260101-120000-1.log").symlink_to(outside)

    assert listed(client) == []
    assert client.get(f"{MAILBOX}20260101-120000-1.log/0/", follow=True).status_code == 404


def test_mailbox_is_gone_once_there_is_a_mail_server(
    folder: Path, sign_in: Callable[..., Client], settings: Settings
) -> None:
    client = sign_in("boss")
    send("Kept", "boss@example.org")
    address = address_of(client)
    assert MAILBOX in client.get("/admin/").content.decode()

    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert client.get(MAILBOX, follow=True).status_code == 404
    assert client.get(address, follow=True).status_code == 404
    assert MAILBOX not in client.get("/admin/").content.decode()


def test_long_mailbox_has_pages(folder: Path, sign_in: Callable[..., Client]) -> None:
    client = sign_in("boss")
    for number in range(51):
        write(folder, f"Subject: Mail {number}\nTo: a@example.org\n\nHello\n{LINE}\n".encode(), number=number)

    assert len(listed(client)) == 50
    assert len(document(client, f"{MAILBOX}?p=2").xpath("//table[contains(@class, 'listing')]//tbody/tr")) == 1


def test_old_mails_are_removed_and_the_newest_stay(folder: Path, settings: Settings, root_page: Any) -> None:
    settings.MAILS_KEPT_DAYS, settings.MAILS_KEPT_FILES = 30, 2
    now = timezone.now()
    moments = {1: "20260103-120000", 2: "20260102-120000", 31: "20260101-120000"}
    made = {days: write(folder, b"Subject: x\n\nx", moment) for days, moment in moments.items()}
    for days, path in made.items():
        moment = (now - timedelta(days=days)).timestamp()
        os.utime(path, (moment, moment))
    stranger = folder / "notes.txt"
    stranger.write_text("not ours")

    prune_mails()

    assert made[31].exists() is False
    assert sorted(path.name for path in folder.iterdir()) == [made[2].name, made[1].name, "notes.txt"]

    write(folder, b"Subject: newest\n\nx", "20270101-120000", 9)
    prune_mails()

    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["20270101-120000-9.log", made[1].name, "notes.txt"]
    )


def test_pruning_runs_daily() -> None:
    assert [job.every_seconds for job in jobs() if job.run is prune_mails] == [86_400]


def test_mail_without_a_date_has_that_of_its_file(folder: Path, sign_in: Callable[..., Client]) -> None:
    sign_in("boss")
    path = write(folder, b"Subject: x\nTo: a@example.org\n\nx")
    os.utime(path, (1_800_000_000, 1_800_000_000))

    (mail,) = mailbox_of(get_user_model().objects.get(username="boss")).mails

    assert mail.sent_at == datetime(2027, 1, 15, 8, 0, tzinfo=UTC)
