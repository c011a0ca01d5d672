"""The question nginx asks: status and code for every answer of the rule, from the real statement (R41)."""

import asyncio
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from psycopg_pool import AsyncConnectionPool

from cathedra.db.models import Account
from cathedra.domain.library import Origin
from cathedra.domain.terms import Code
from cathedra.edge.authorise import Guard
from tests.agreements import accept, publish
from tests.edge.loop import Loop
from tests.fakes.object_store import SigningStore
from tests.giving import by, somebody, told
from tests.said import cut

pytestmark = pytest.mark.slow


@dataclass
class Desk:
    """Puts questions to a guard."""

    guard: Guard
    loop: Loop

    def ask(
        self, session: bytes, recording: bytes, file: bytes = b"", kept: bytes = b"", shelf: bytes = b""
    ) -> tuple[int, str, dict[bytes, bytes]]:
        sent = []

        async def send(message):
            sent.append(message)

        headers = [(b"cathedra-session", session), (b"cathedra-recording", recording)]
        headers += [(b"cathedra-file", file)] if file else []
        headers += [(b"if-none-match", kept)] if kept else []
        headers += [(b"cathedra-shelf", shelf)] if shelf else []
        self.loop.run(self.guard.handle({"type": "http", "headers": headers}, None, send))
        fields = dict(sent[0]["headers"])
        assert sent[1] == {"type": "http.response.body", "body": b""}
        return sent[0]["status"], fields.get(b"cathedra-code", b"").decode(), fields


def pool_on(url: str, timeout: float = 30):
    settings = {"min_size": 1, "max_size": 2, "timeout": timeout, "kwargs": {"autocommit": True}}
    return lambda: AsyncConnectionPool(url, open=False, **settings)


@pytest.fixture
def desk(transactional_db, loop):
    from django.db import connection

    settings = connection.settings_dict
    guard = Guard(pool_on(f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"), SigningStore)
    yield Desk(guard, loop)
    loop.run(guard.close())


@pytest.fixture
def published(transactional_db):
    """A recording that Alice made and Ben may see, committed, with a session for each."""
    from django.contrib.auth import SESSION_KEY

    from cathedra.db.models import Recording
    from cathedra.db.writes import library
    from cathedra.db.writes.web_sessions import SessionStore
    from tests.conftest import make_cast

    cast = make_cast(datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    recording_id = library.add_recording(
        cast.chemistry,
        title="Orbitals",
        owner_id=cast.alice,
        created_by_id=cast.alice,
        origin=Origin.UPLOAD,
        now=cast.now,
    )
    Recording.objects.filter(id=recording_id).update(
        media_state="READY", publication="PUBLISHED", ready_at=cast.now, duration_ms=1
    )
    sessions = {}
    for name in ("alice", "ben", "eve"):
        store = SessionStore()
        store[SESSION_KEY] = str(getattr(cast, name))
        store.save()
        sessions[name] = store.session_key.encode()
    return recording_id, sessions


@pytest.mark.parametrize(
    ("session", "recording", "answer"),
    [
        (b"", b"9a3a4e7e-0000-4000-8000-000000000000", (401, Code.SIGN_IN)),
        (b"x" * 129, b"9a3a4e7e-0000-4000-8000-000000000000", (401, Code.SIGN_IN)),
        (b"a\0b", b"9a3a4e7e-0000-4000-8000-000000000000", (401, Code.SIGN_IN)),
        (b"abc", b"", (403, Code.NO_PERMISSION)),
        (b"abc", b"../../etc/passwd", (403, Code.NO_PERMISSION)),
        (b"abc", "é".encode(), (403, Code.NO_PERMISSION)),
        ("é".encode(), b"9a3a4e7e-0000-4000-8000-000000000000", (403, Code.NO_PERMISSION)),
    ],
)
def test_what_cannot_be_a_question_is_answered_as_nobodys(desk, session, recording, answer):
    assert desk.ask(session, recording)[:2] == answer


def test_the_answers_of_the_rule_become_statuses_nginx_understands(published, desk):
    recording_id, sessions = published
    wanted = str(recording_id).encode()
    assert desk.ask(sessions["ben"], wanted)[:2] == (200, Code.ALLOW)
    assert desk.ask(sessions["alice"], wanted)[:2] == (200, Code.ALLOW)
    assert desk.ask(sessions["eve"], wanted)[:2] == (403, Code.NO_PERMISSION)
    assert desk.ask(b"nobody", wanted)[:2] == (401, Code.SIGN_IN)
    assert desk.ask(sessions["ben"], str(uuid.uuid4()).encode())[:2] == (403, Code.NO_PERMISSION)


def test_r41_who_asks_together_with_others_hears_what_they_hear_alone(published, desk):
    recording_id, sessions = published
    cut(recording_id, (0, 1), now=datetime(2026, 10, 2, tzinfo=UTC))
    wanted = [str(recording_id).encode(), str(uuid.uuid4()).encode()]
    asked = [
        (who, one, whole) for who in (*sessions.values(), b"", b"nobody") for one in wanted for whole in (True, False)
    ]

    async def together():
        return await asyncio.gather(*[desk.guard.decide(who, one, wants_whole=whole) for who, one, whole in asked])

    alone = [desk.loop.run(desk.guard.decide(who, one, wants_whole=whole)) for who, one, whole in asked]
    assert desk.loop.run(together()) == alone
    assert len({(one.code, one.viewer_id, one.cut_version) for one in alone}) > 6


def test_an_object_is_signed_only_for_whom_it_is_allowed(published, desk):
    recording_id, sessions = published
    wanted = str(recording_id).encode()
    *_, fields = desk.ask(sessions["ben"], wanted, file=b"p720.mp4")
    assert fields[b"cathedra-object"] == f"http://signed.example/stream/{recording_id}/p720.mp4".encode()
    *_, fields = desk.ask(sessions["eve"], wanted, file=b"p720.mp4")
    assert b"cathedra-object" not in fields


def test_r38_row_5_where_parts_are_cut_the_whole_is_for_who_may_edit(published, desk):
    """Class 1 and 33: whatever is asked for, viewers are shown into the files of the version that they have."""
    recording_id, sessions = published
    wanted = str(recording_id).encode()

    def media(who, shelf=b"stream"):
        status, _, fields = desk.ask(sessions.get(who, b""), wanted, shelf=shelf)
        return (status, fields.get(b"cathedra-media", b"").decode())

    here = f"{recording_id}/"
    assert [media("ben"), media("ben", b"whole"), media("alice")] == [(200, here)] * 3, "nothing is cut"
    cut(recording_id, (0, 1), now=datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    assert [media("ben"), media("alice"), media("ben", b"other")] == [(200, f"{here}e1-")] * 3
    assert media("alice", b"whole") == (200, here)
    assert [media("ben", b"whole"), media("eve", b"whole"), media("", b"whole")] == [(403, ""), (403, ""), (401, "")]
    *_, fields = desk.ask(sessions["ben"], wanted, file=b"p720.mp4")
    assert fields[b"cathedra-object"] == f"http://signed.example/stream/{here}e1-p720.mp4".encode()


def test_r145_under_a_grant_what_is_cut_is_sent_to_who_may_manage_and_to_nobody_else(published, desk):
    from django.contrib.auth import SESSION_KEY

    from cathedra.actions import grants
    from cathedra.db.writes.web_sessions import SessionStore
    from cathedra.domain.access import GrantRight

    recording_id, _ = published
    now, wanted = datetime.now(UTC), str(recording_id).encode()
    cut(recording_id, (0, 1), now=now)
    dev = Account.objects.get(login_name="dev").id
    for name, rights, whole in (
        ("morgan", [GrantRight.VIEW], (403, "")),
        ("robin", [GrantRight.VIEW, GrantRight.EXPORT], (403, "")),
        ("sasha", [GrantRight.VIEW, GrantRight.MANAGE], (200, f"{recording_id}/")),
    ):
        who, store = somebody(name, now=now), SessionStore()
        told(who, dev, now=now, recordings=[recording_id], rights=rights)
        grants.note_playback(recording_id, actor=by(who), now=now)
        store[SESSION_KEY] = str(who)
        store.save()
        seen = {}
        for shelf in (b"stream", b"whole"):
            status, _, fields = desk.ask(store.session_key.encode(), wanted, shelf=shelf)
            seen[shelf] = (status, fields.get(b"cathedra-media", b"").decode())
        assert seen == {b"stream": (200, f"{recording_id}/e1-"), b"whole": whole}, name


def test_a_kept_answer_is_renewed_only_while_it_is_the_same(published, desk):
    recording_id, sessions = published
    wanted = str(recording_id).encode()
    *_, fields = desk.ask(sessions["ben"], wanted)
    allowed = fields[b"etag"]
    assert desk.ask(sessions["ben"], wanted, kept=allowed)[0] == 304
    assert desk.ask(sessions["eve"], wanted, kept=allowed)[:2] == (403, Code.NO_PERMISSION)
    assert desk.ask(b"", wanted, kept=allowed)[:2] == (401, Code.SIGN_IN)
    *_, fields = desk.ask(sessions["ben"], wanted, file=b"p720.mp4", kept=allowed)
    assert fields[b"cathedra-object"], "an answer without an address is not the same as one with"


def test_r213_the_answer_also_says_who_asked_for_what_players_tell(published, desk):
    recording_id, sessions = published
    wanted = str(recording_id).encode()
    said = [desk.loop.run(desk.guard.decide(key, wanted)) for key in (sessions["ben"], b"nobody")]
    ben = Account.objects.get(login_name="ben").id
    assert [(one.code, one.viewer_id) for one in said] == [(Code.ALLOW, ben), (Code.SIGN_IN, None)]


def test_r148_it_says_who_watches_by_a_grant_alone_until_they_are_a_viewer_too(published, desk):
    from django.contrib.auth import SESSION_KEY
    from django.utils import timezone

    from cathedra.actions import grants
    from cathedra.db.writes import access as writes
    from cathedra.db.writes.web_sessions import SessionStore
    from cathedra.domain.terms import PrincipalId

    recording_id, sessions = published
    wanted, now = str(recording_id).encode(), timezone.now()
    morgan, store = somebody("morgan", now=now), SessionStore()
    store[SESSION_KEY] = str(morgan)
    store.save()
    told(morgan, Account.objects.get(login_name="dev").id, now=now, recordings=[recording_id])
    grants.note_playback(recording_id, actor=by(morgan), now=now)

    def said(session):
        found = desk.loop.run(desk.guard.decide(session, wanted))
        return found.code, found.is_under_grant

    key = store.session_key.encode()
    assert said(sessions["ben"]) == (Code.ALLOW, False)
    assert said(key) == (Code.ALLOW, True)
    writes.add_viewers(recording_id, [PrincipalId(morgan)], by=None, now=now)
    assert said(key) == (Code.ALLOW, False)


def test_a_database_that_does_not_answer_is_no_permission_to_see(tmp_path, loop):
    guard = Guard(pool_on(f"postgresql://nobody@/none?host={tmp_path}", timeout=1), SigningStore)
    assert Desk(guard, loop).ask(b"abc", str(uuid.uuid4()).encode())[:2] == (503, "")
    loop.run(guard.close())


def test_new_terms_stop_the_next_segment_until_they_are_accepted_r10_r11(published, desk):
    """nginx keeps an answer for three seconds and renews it here: a kept yes is not renewed."""
    recording_id, sessions = published
    wanted, now = str(recording_id).encode(), datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
    *_, fields = desk.ask(sessions["ben"], wanted)
    made = publish(now=now)
    for who in ("ben", "alice", "eve"):
        assert desk.ask(sessions[who], wanted, kept=fields[b"etag"])[:2] == (403, Code.EULA_REQUIRED), who
    assert desk.ask(b"nobody", wanted)[:2] == (401, Code.SIGN_IN)
    accept(Account.objects.get(login_name="ben").id, made, now=now)
    assert desk.ask(sessions["ben"], wanted)[:2] == (200, Code.ALLOW)
    assert desk.ask(sessions["alice"], wanted)[:2] == (403, Code.EULA_REQUIRED)


def test_r148_under_a_grant_not_a_byte_before_the_use_is_written_down_and_none_after_it_ended(published, desk):
    """R26, R149: a service administrator sees nothing; a grantee from the use on, until the grant is revoked."""
    from django.contrib.auth import SESSION_KEY
    from django.utils import timezone

    from cathedra.actions import grants
    from cathedra.db.models import AccessGrant, AccessGrantUse, Account
    from cathedra.db.writes.web_sessions import SessionStore
    from cathedra.domain.people import Affiliation
    from tests.giving import DAY, by, somebody, told

    recording_id, _sessions = published
    wanted, now = str(recording_id).encode(), timezone.now()
    dev, morgan = Account.objects.get(login_name="dev").id, somebody("morgan", now=now)
    keys = {}
    for name, account_id in (("dev", dev), ("morgan", morgan)):
        store = SessionStore()
        store[SESSION_KEY] = str(account_id)
        store.save()
        keys[name] = store.session_key.encode()
    made = told(morgan, dev, now=now, recordings=[recording_id])
    assert desk.ask(keys["morgan"], wanted)[:2] == (403, Code.NO_PERMISSION)
    assert not AccessGrantUse.objects.exists(), "the question itself writes nothing"
    assert grants.note_playback(recording_id, actor=by(morgan), now=now)
    assert desk.ask(keys["morgan"], wanted)[:2] == (200, Code.ALLOW)
    assert desk.ask(keys["dev"], wanted)[:2] == (403, Code.NO_PERMISSION)
    grants.revoke_grant(made, actor=by(dev), now=now)
    assert desk.ask(keys["morgan"], wanted)[:2] == (403, Code.NO_PERMISSION)

    def in_use():
        given = told(morgan, dev, now=now, recordings=[recording_id])
        assert grants.note_playback(recording_id, actor=by(morgan), now=now)
        assert desk.ask(keys["morgan"], wanted)[:2] == (200, Code.ALLOW)
        return AccessGrant.objects.filter(id=given)

    in_use().update(starts_at=now - DAY, ends_at=now)
    assert desk.ask(keys["morgan"], wanted)[:2] == (403, Code.NO_PERMISSION), "its time is over: the next segment"
    in_use()
    Account.objects.filter(id=morgan).update(affiliation=Affiliation.EXTERNAL)
    assert desk.ask(keys["morgan"], wanted)[:2] == (403, Code.NO_PERMISSION), "R143: staff no more"
