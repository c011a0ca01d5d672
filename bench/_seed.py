"""Run inside the product's configuration and database: people who are signed in, and recordings they may see.

Prints one JSON object: the folder, the recording with media, and the session keys.
"""

import json
import sys
import uuid
from datetime import UTC, datetime, timedelta

from cathedra import wiring

wiring.start_database()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from cathedra.db.models import Account, Membership, Principal, Recording, TermsAcceptance, TermsVersion, WebSession  # noqa: E402
from cathedra.db.writes import access, library, people  # noqa: E402
from cathedra.db.writes.web_sessions import SessionStore  # noqa: E402
from cathedra.domain.access import FolderRole  # noqa: E402
from cathedra.domain.library import FolderKind, MediaState, Origin, Publication  # noqa: E402
from cathedra.domain.people import Affiliation, GroupKind  # noqa: E402

viewers, recordings = int(sys.argv[1]), int(sys.argv[2])
now = datetime.now(UTC)
folder = library.add_folder("Bench", kind=FolderKind.COURSE, now=now)
students = people.add_group("Bench students", kind=GroupKind.INTERNAL)
lecturer = people.add_account(
    "lecturer", full_name="L", email="l@example.org", affiliation=Affiliation.UNIVERSITY_STAFF, password=None, now=now
)
access.add_member(folder, students, FolderRole.VIEWER, now=now)
access.add_member(folder, lecturer, FolderRole.CREATOR, now=now)
ids = [uuid.uuid4() for _ in range(viewers)]
Principal.objects.bulk_create([Principal(id=each) for each in ids])
accounts = [
    Account(
        id=each, login_name=f"b{n}", full_name=f"B {n}", affiliation=Affiliation.STUDENT, password="!", created_at=now
    )
    for n, each in enumerate(ids)
]
Account.objects.bulk_create(accounts)
TermsAcceptance.objects.bulk_create(
    TermsAcceptance(
        account_id=each,
        document=terms.document,
        version=terms.version,
        text_hash=terms.text_hash,
        at=now,
        channel="CLI",
    )
    for terms in TermsVersion.objects.all()
    for each in [*ids, lecturer]
)
Membership.objects.bulk_create([Membership(group_id=students, account_id=each) for each in ids])
store, sessions = SessionStore(), []
for account in [*accounts, Account.objects.get(id=lecturer)]:
    signed_in = {
        SESSION_KEY: str(account.id),
        BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
        HASH_SESSION_KEY: account.get_session_auth_hash(),
    }
    key = uuid.uuid4().hex
    sessions.append(
        WebSession(
            session_key=key,
            session_data=store.encode(signed_in),
            account_id=account.id,
            expire_date=now + timedelta(days=1),
        )
    )
WebSession.objects.bulk_create(sessions)
rows = [
    Recording(
        folder_id=folder, owner_id=lecturer, created_by_id=lecturer, title=f"Lecture {n}", origin=Origin.UPLOAD,
        media_state=MediaState.READY, publication=Publication.PUBLISHED, ready_at=now, duration_ms=3_000_000,
        created_at=now - timedelta(hours=n), updated_at=now,
    )
    for n in range(recordings)
]  # fmt: skip
Recording.objects.bulk_create(rows)
print(json.dumps({
    "folder": str(folder), "recording": str(rows[0].id), "group": str(students),
    "sessions": [session.session_key for session in sessions[:-1]], "lecturer": sessions[-1].session_key,
}))  # fmt: skip
