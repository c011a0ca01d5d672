"""The rule and its statement are one: R41, R43 and house rule 7."""

import itertools
import secrets
from datetime import timedelta

import pytest

from cathedra.db.models import FolderAccess, Hold, Recording, WebSession
from cathedra.db.reads import access as reads
from cathedra.db.reads.library import standing_of
from cathedra.db.writes import access as writes
from cathedra.db.writes import library as library_writes
from cathedra.domain import access
from cathedra.domain.library import Keeping, MediaState, Origin, Publication
from cathedra.domain.terms import Code, PrincipalId


def sign_in(account_id, now):
    key = secrets.token_hex(16)
    WebSession.objects.create(
        session_key=key, session_data="", expire_date=now + timedelta(days=1), account_id=account_id
    )
    return key


def standings():
    """Every combination that the table's constraints allow."""
    for media, publication, keeping, held in itertools.product(MediaState, Publication, Keeping, (False, True)):
        if publication is Publication.DRAFT or media is MediaState.READY:
            yield media, publication, keeping, held


@pytest.mark.slow
def test_statement_equals_rule_for_every_standing_and_person(cast, now):
    recording = library_writes.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )
    people = {name: sign_in(getattr(cast, name), now) for name in ("alice", "ben", "chloe", "dev", "eve")}
    writes.add_member(cast.chemistry, PrincipalId(cast.dev), access.FolderRole.ANALYTICS_MANAGER, now=now)
    asked = 0
    for media, publication, keeping, held in standings():
        Hold.objects.all().delete()
        if held:
            Hold.objects.create(recording_id=recording, kind="legal", opened_at=now)
        Recording.objects.filter(id=recording).update(
            media_state=media,
            publication=publication,
            keeping=keeping,
            ready_at=now,
            duration_ms=1,
            failure="It failed.",
        )
        for name, key in people.items():
            facts = reads.recording_facts(getattr(cast, name), recording)
            assert reads.may_view_now(key, recording, now=now) == access.decide(facts, access.Action.VIEW).code, (
                name,
                standing_of(Recording.objects.get(id=recording)),
            )
            asked += 1
    assert asked == len(people) * len(list(standings()))


def test_no_cookie_unknown_cookie_and_expired_sign_in_are_asked_to_sign_in(cast, now):
    recording = library_writes.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )
    key = sign_in(cast.alice, now)
    assert reads.may_view_now("", recording, now=now) == Code.SIGN_IN
    assert reads.may_view_now("x" * 32, recording, now=now) == Code.SIGN_IN
    assert reads.may_view_now(key, recording, now=now + timedelta(days=1)) == Code.SIGN_IN


def test_a_guessed_id_looks_the_same_as_a_forbidden_one(cast, now):
    recording = library_writes.add_recording(
        cast.chemistry, title="One", owner_id=cast.alice, created_by_id=cast.alice, origin=Origin.UPLOAD, now=now
    )
    key = sign_in(cast.eve, now)
    assert (
        reads.may_view_now(key, recording, now=now) == reads.may_view_now(key, cast.ben, now=now) == Code.NO_PERMISSION
    )


def test_a_subfolder_inherits_until_it_stops_and_follows_changes_above(cast, now):
    below = library_writes.add_folder("Week 1", kind="course", parent_id=cast.chemistry, now=now)
    deeper = library_writes.add_folder("Extra", kind="course", parent_id=below, now=now)
    apart = library_writes.add_folder("Private", kind="course", parent_id=below, inherits=False, now=now)
    assert reads.roles_on(cast.ben, deeper) == {access.FolderRole.VIEWER}
    assert reads.roles_on(cast.ben, apart) == set()
    writes.add_member(cast.chemistry, PrincipalId(cast.eve), access.FolderRole.VIEWER, now=now)
    assert reads.roles_on(cast.eve, deeper) == {access.FolderRole.VIEWER}
    writes.remove_member(cast.chemistry, PrincipalId(cast.eve), access.FolderRole.VIEWER)
    assert reads.roles_on(cast.eve, deeper) == set()
    assert not FolderAccess.objects.filter(folder_id=apart).exists()
