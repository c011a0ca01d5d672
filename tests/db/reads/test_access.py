"""One statement gathers the facts, by account and by a browser's session; the rule's list form stands in
test_access_worlds (house rule 7)."""

import secrets
from datetime import timedelta

from cathedra import config
from cathedra.db.models import (
    AccessGrant,
    AccessGrantItem,
    Account,
    Exemption,
    Folder,
    FolderAccess,
    Hold,
    Recording,
    RecordingViewer,
    SystemRoleHolder,
    SystemRoleScope,
    WebSession,
)
from cathedra.db.reads import access as reads
from cathedra.db.writes import access as writes
from cathedra.db.writes import library as library_writes
from cathedra.db.writes import people as people_writes
from cathedra.domain import access
from cathedra.domain.access import Action, Standing
from cathedra.domain.library import Keeping, Origin, Publication
from cathedra.domain.people import SystemRole
from cathedra.domain.terms import Code, PrincipalId
from tests.lectures import lecture


def sign_in(account_id, now):
    key = secrets.token_hex(16)
    WebSession.objects.create(
        session_key=key, session_data="", expire_date=now + timedelta(days=1), account_id=account_id
    )
    return key


def test_a_browsers_session_and_its_account_are_one_person(cast, now):
    """The hot door and the pages ask the same statement: the same code for the same person."""
    recording = lecture(cast.chemistry, cast.alice, now=now)
    people = {name: sign_in(getattr(cast, name), now) for name in ("alice", "ben", "chloe", "dev", "eve")}
    for change in (
        {},
        {"publication": Publication.WAITING},
        {"keeping": Keeping.RECYCLED},
        {"keeping": Keeping.PURGED},
    ):
        Recording.objects.filter(id=recording).update(**change)
        for name, key in people.items():
            decision = access.decide(reads.recording_facts(getattr(cast, name), recording), Action.VIEW, now)
            assert reads.may_view_now(key, recording, now=now) == access.as_told(decision).code, (name, change)


def test_who_was_closed_is_nobody_whatever_they_held(cast, now):
    recording = lecture(cast.chemistry, cast.alice, now=now)
    key = sign_in(cast.alice, now)
    Account.objects.filter(id=cast.alice).update(is_active=False, deactivated_at=now)
    assert reads.may_view_now(key, recording, now=now) == Code.SIGN_IN
    facts = reads.recording_facts(cast.alice, recording)
    assert (facts.is_signed_in, facts.is_owner, facts.roles) == (False, False, frozenset())
    assert not reads.folder_facts(cast.alice, cast.chemistry).is_signed_in
    assert not Recording.objects.filter(reads.visible_to(cast.alice, now)).exists()


def test_what_is_public_plays_for_anybody_and_only_with_an_exemption_r33(cast, now):
    recording = lecture(cast.chemistry, cast.alice, now=now, sharing="public_unlisted")
    assert reads.may_view_now("", recording, now=now) == Code.SIGN_IN
    Exemption.objects.create(
        kind="public_sharing",
        folder_id=cast.chemistry,
        reason="an open lecture",
        given_at=now,
        given_by_id=cast.dev,
        expires_at=now + timedelta(days=1),
    )
    assert reads.may_view_now("", recording, now=now) == Code.ALLOW
    assert reads.may_view_now("", recording, now=now + timedelta(days=1)) == Code.SIGN_IN


def test_every_fact_of_a_recording_arrives(cast, now, monkeypatch):
    """One fact at a time is made so in the tables and looked for in the answer."""
    week = library_writes.add_folder("Week 1", kind="course", parent_id=cast.chemistry, now=now)
    original = lecture(cast.physics, cast.eve, now=now, title="original")
    made = lecture(
        week,
        cast.alice,
        now=now,
        origin=Origin.REFERENCE_COPY,
        reference_of_id=original,
        sharing="organisation",
        start="date",
        starts_at=now,
        approval="approved",
        approval_at=now,
        approval_by_id=cast.dev,
    )
    Folder.objects.filter(id=cast.chemistry).update(
        sharing="organisation_unlisted", start="when_approved", end="date", ends_at=now, downloads="viewers"
    )
    Folder.objects.filter(id=week).update(release_delay_hours=5)
    Account.objects.filter(id=cast.dev).update(affiliation="university_staff")
    RecordingViewer.objects.create(recording_id=made, principal_id=cast.dev, given_at=now)
    for recording, kind in ((made, "aup_referred"), (original, "takedown_legal")):
        Hold.objects.create(recording_id=recording, kind=kind, opened_at=now)
    grant = AccessGrant.objects.create(
        grantee_id=cast.dev,
        granted_by_id=cast.alice,
        purpose="manage_system",
        explanation="x",
        rights=["view", "export"],
        starts_at=now,
        ends_at=now + timedelta(days=1),
        granted_at=now,
    )
    AccessGrantItem.objects.create(grant=grant, folder_id=cast.chemistry)
    people_writes.give_system_role(cast.dev, SystemRole.VIDEOGRAPHER, reason="films", now=now)
    facts = reads.recording_facts(cast.dev, made)
    assert facts == access.RecordingFacts(
        True,
        frozenset(),
        is_staff=True,
        appointments=frozenset({Standing.SERVICE_ADMIN}),
        level=access.SharingLevel.ORGANISATION_UNLISTED,
        own_level=access.SharingLevel.ORGANISATION,
        grants=(
            access.Grant(
                frozenset({access.GrantRight.VIEW, access.GrantRight.EXPORT}),
                starts_at=now,
                ends_at=now + timedelta(days=1),
                live_since=None,
                covers_folder=True,
                id=AccessGrant.objects.get().id,
            ),
        ),
        downloads=access.Downloads.VIEWERS,
        needs_approval=True,
        has_publisher=True,  # Chloe
        media=access.Media(state="held", has_hold=True),
        is_named_viewer=True,
        availability=access.Availability(
            folder_start=access.FolderStart.WHEN_APPROVED,
            folder_end=access.FolderEnd.DATE,
            folder_ends_at=now,
            start=access.RecordingStart.DATE,
            starts_at=now,
            ready_at=now,
            release_delay_hours=5,
        ),
        is_own_approval=True,
        original=access.Media(state="held", is_hold_legal=True, has_hold=True),
    )
    monkeypatch.setenv("CATHEDRA_APPROVAL_ALLOW_WEBCAST", "true")
    config.get.cache_clear()
    assert reads.recording_facts(cast.dev, made).may_webcast  # R51
    monkeypatch.undo()
    config.get.cache_clear()
    assert not reads.recording_facts(cast.dev, made).may_webcast


def test_an_appointment_counts_in_its_folders_and_below_r25(cast, now):
    below = library_writes.add_folder("Week 1", kind="course", parent_id=cast.chemistry, inherits=False, now=now)
    people_writes.give_system_role(cast.dev, SystemRole.VIDEOGRAPHER, reason="films", now=now)
    holder = SystemRoleHolder.objects.get(account_id=cast.dev, role=SystemRole.VIDEOGRAPHER)
    SystemRoleScope.objects.create(holder=holder, folder_id=cast.chemistry)
    for folder, counts in ((cast.chemistry, True), (below, True), (cast.physics, False)):
        assert (Standing.VIDEOGRAPHER in reads.folder_facts(cast.dev, folder).appointments) is counts
    assert [row.folder_id for row in SystemRoleScope.objects.all()] == [cast.chemistry]


def test_without_an_active_publisher_the_service_may_stand_in_r68(cast, now):
    recording = lecture(cast.chemistry, cast.alice, now=now, publication=Publication.WAITING)
    assert not access.decide(reads.recording_facts(cast.dev, recording), Action.APPROVE, now).is_permitted
    Account.objects.filter(id=cast.chloe).update(is_active=False, deactivated_at=now)
    assert access.decide(reads.recording_facts(cast.dev, recording), Action.APPROVE, now).is_permitted


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
    Recording.objects.filter(id=recording).update(keeping=Keeping.PURGED)
    assert reads.may_view_now(key, recording, now=now) == Code.NO_PERMISSION


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


def test_lines_of_section_25_that_are_rows_and_not_words(cast, now):
    """Un-enrolled 16 minutes ago; by the link but not in lists; a fellow student's submission."""
    eve = PrincipalId(cast.eve)
    made = lecture(cast.chemistry, cast.alice, now=now)

    def view(who):
        return access.decide(reads.recording_facts(who, made), Action.VIEW, now).code

    def found(who, action):
        return Recording.objects.filter(reads.may(who, action, now), id=made).exists()

    writes.add_member(cast.chemistry, eve, access.FolderRole.VIEWER, now=now)
    assert (view(cast.eve), found(cast.eve, Action.VIEW), found(cast.eve, Action.LIST)) == (Code.ALLOW, True, True)
    writes.remove_member(cast.chemistry, eve, access.FolderRole.VIEWER)
    assert (view(cast.eve), found(cast.eve, Action.VIEW), found(cast.eve, Action.LIST)) == (
        Code.NO_PERMISSION,
        False,
        False,
    )
    Folder.objects.filter(id=cast.chemistry).update(sharing="organisation_unlisted")
    assert (view(cast.eve), found(cast.eve, Action.VIEW), found(cast.eve, Action.LIST)) == (Code.ALLOW, True, False)
    Folder.objects.filter(id=cast.chemistry).update(sharing="restricted")
    Folder.objects.filter(id=cast.physics).update(kind="assignment")
    Recording.objects.filter(id=made).update(folder_id=cast.physics, owner_id=cast.eve, created_by_id=cast.eve)
    assert view(cast.eve) is Code.ALLOW, "her own"
    assert (view(cast.ben), found(cast.ben, Action.LIST)) == (Code.NO_PERMISSION, False), "hers, to a fellow student"
