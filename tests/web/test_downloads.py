"""The page's offer, and what it says to nginx (R204)."""

import re
from urllib.parse import unquote

import pytest

from cathedra import wiring
from cathedra.db.models import AuditEvent, Folder, Recording, Source, Stream
from cathedra.web import downloads
from tests.lectures import keep_original, lecture
from tests.web.browsing import ADDRESS, client, text


@pytest.fixture
def kept(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Heat “1/2” é", now=now)
    return made, keep_original(made, wiring.object_store(), b"x" * 2048, original_name="VID_01.MOV")


def test_who_may_is_offered_each_file_by_its_picture_with_its_size_r204(cast, kept, now):
    made, first = kept
    second = Source.objects.create(
        recording_id=made, position=1, original_name="cam.mp4", size_bytes=3 * 1024**2, object_key="originals/a/b",
        received_at=now,
    )  # fmt: skip
    Stream.objects.filter(source_id=first).update(is_screen=True)
    Stream.objects.create(recording_id=made, source=second, role="SECONDARY", source_index=0, duration_ms=1)
    page = text(client(cast.alice).get(f"/recordings/{made}/"))
    for part in (
        f'"/recordings/{made}/download/{first}/"',
        "Slides",
        "MOV, 2 KB",
        "Camera",
        "MP4, 3 MB",
        "Owner: Alice.",
    ):
        assert part in page, part
    assert "/download/" not in text(client(cast.ben).get(f"/recordings/{made}/"))
    Source.objects.filter(recording_id=made).update(object_key="")
    assert "/download/" not in text(client(cast.alice).get(f"/recordings/{made}/")), "it is still being put away"


def test_the_file_is_named_after_the_title_and_nginx_sends_it_r204(cast, kept):
    made, first = kept
    answer = client(cast.alice).get(f"/recordings/{made}/download/{first}/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["X-Accel-Redirect"] == f"/originals/{made}/{first}"
    assert answer["Content-Type"] == "application/octet-stream"
    plain, encoded = re.fullmatch(
        r"attachment; filename=\"([^\"]*)\"; filename\*=UTF-8''(\S+)", answer["Content-Disposition"]
    ).groups()
    assert (plain, unquote(encoded)) == ("Heat 1-2 e.mov", "Heat “1-2” é.mov")
    assert "Cathedra-Object" not in answer
    event = AuditEvent.objects.get(action="recording:download")
    assert (event.actor_id, event.channel, event.address) == (cast.alice, "WEB", ADDRESS)
    history = text(client(cast.alice).get(f"/recordings/{made}/history/"))
    assert "Downloaded" in history, "R225: its owner sees who"


def test_names_cannot_break_out_of_the_header():
    for hostile in ('a"; filename="b.exe', "a\r\nSet-Cookie: b", "a%00b", "", "日本語.mp4"):
        header = downloads.attachment(hostile)
        assert header.isascii()
        assert header.isprintable()
        assert header.count('"') == 2
        assert header.endswith("UTF-8''") or unquote(header.rpartition("''")[2]) == hostile


def test_nobody_else_learns_anything_r41_r42(cast, kept, now):
    made, first = kept
    other = lecture(cast.physics, cast.chloe, title="Secret", now=now)
    for who, status in ((cast.ben, 404), (cast.chloe, 404), (cast.dev, 404), (cast.eve, 404), (None, 401)):
        browser = client(who)
        for method in (browser.get, browser.head):
            answer = method(f"/recordings/{made}/download/{first}/")
            assert answer.status_code == status
            assert "X-Accel-Redirect" not in answer
            assert "Heat" not in text(answer)
    alice = client(cast.alice)
    for wrong in (f"{other}/download/{first}", f"{made}/download/{made}", f"{made}/download/{other}"):
        assert alice.get(f"/recordings/{wrong}/").status_code == 404, "security class 12"
    assert alice.post(f"/recordings/{made}/download/{first}/").status_code == 405
    Recording.objects.filter(id=made).update(keeping="ARCHIVED")
    assert alice.get(f"/recordings/{made}/download/{first}/").status_code == 409
    assert not AuditEvent.objects.filter(action="recording:download").exists()


def test_viewers_download_where_the_folder_says_so_and_parts_are_one_r204(cast, kept):
    made, first = kept
    Folder.objects.filter(id=cast.chemistry).update(downloads="viewers")
    ben, address = client(cast.ben), f"/recordings/{made}/download/{first}/"
    assert f'"{address}"' in text(ben.get(f"/recordings/{made}/"))
    assert ben.head(address).status_code == 200
    for wanted in ("bytes=0-99", "bytes=100-", "bytes=200-299"):
        assert ben.get(address, headers={"Range": wanted})["X-Accel-Redirect"]
    assert AuditEvent.objects.filter(action="recording:download", actor_id=cast.ben).count() == 1
