"""Pages of publishing: the queue, a recording's approval, a folder's, moving and copying, all without JavaScript."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.actions import metering
from cathedra.actions.metering import HourLimits
from cathedra.actions.policy import declare_use
from cathedra.db.models import Folder, Recording
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library
from cathedra.domain.access import FolderRole
from cathedra.domain.library import FolderKind, Publication
from cathedra.domain.terms import Actor, Channel, PrincipalId
from tests.lectures import lecture
from tests.policies import USE, activate
from tests.web.browsing import client, text

pytestmark = pytest.mark.slow


@pytest.fixture
def queue(cast, now):
    """Three recordings that wait for Chloe, the oldest first, and one returned."""
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    made = [
        lecture(
            cast.chemistry, cast.alice, title=f"Part {number}", now=now, publication=Publication.WAITING,
            submitted_at=now + timedelta(hours=number), submitted_by_id=cast.alice, approval="submitted",
            approval_at=now,
        )
        for number in (1, 2, 3)
    ]  # fmt: skip
    lecture(cast.physics, cast.eve, title="Elsewhere", now=now, publication=Publication.WAITING, submitted_at=now)
    return made


def publication(recording_id):
    return Recording.objects.values_list("publication", flat=True).get(id=recording_id)


def test_the_queue_is_the_publishers_oldest_first_with_its_count_in_the_navigation(cast, queue):
    browser = client(cast.chloe)
    page = text(browser.get("/approvals/"))
    assert re.findall(r"<bdi>(Part \d|Elsewhere)</bdi>", page) == ["Part 1", "Part 2", "Part 3"]
    assert re.search(r"Approvals<span class=\"tally\"><span class=\"sr-only\">, </span>3<", page)
    assert "handed in by Alice" in page
    assert "<kbd>j</kbd>" in page
    other = text(client(cast.ben).get("/"))
    assert "/approvals/" not in other
    assert "Nothing waits for you" in text(client(cast.ben).get("/approvals/"))
    for_service = text(client(cast.dev).get("/approvals/"))
    assert "Elsewhere" in for_service  # R68: a folder without a Publisher
    assert "This folder has no Publisher, so the service decides." in for_service
    assert 'href="/recordings/' not in for_service  # R26: what it is, not what is in it
    assert "so the service decides" not in page


def test_the_verdict_of_the_policy_stands_beside_the_button_r77_design_approvals(cast, queue, now):
    policy = activate(now)
    wish = replace(USE, category="non_lecture_teaching")
    declare_use(queue[1], wish, actor=Actor(cast.alice, Channel.WEB), now=now)
    lines = text(client(cast.chloe).get("/approvals/")).split("data-queue-item")[1:]
    assert ["Not declared" in line for line in lines] == [True, False, True]
    assert ["Permitted" in line for line in lines] == [False, True, False]
    assert policy.category(wish.category).label in lines[1]


def test_approve_and_return_from_the_queue_and_land_on_the_next_one_t19_t20(cast, queue):
    browser = client(cast.chloe)
    first, second, third = queue
    where = {"from": "queue", "seen": "waiting", "following": str(second)}
    answer = browser.post(f"/recordings/{first}/approve/", where)
    assert (answer.status_code, answer["Location"]) == (302, f"/approvals/#waits-{second}")
    assert publication(first) == "PUBLISHED"
    page = text(browser.get("/approvals/"))
    assert "“Part 1” is approved." in page
    empty = browser.post(f"/recordings/{second}/reject/", {**where, "reason": " "})
    assert empty.status_code == 422  # R67
    assert "Say why" in text(empty)
    assert publication(second) == "WAITING"
    browser.post(f"/recordings/{second}/reject/", {**where, "reason": "Names <b>show</b>.", "following": "//evil"})
    assert publication(second) == "REJECTED"
    late = browser.post(f"/recordings/{second}/approve/", {**where, "following": "//evil.example/"})
    assert late["Location"] == "/approvals/"
    assert "has returned it meanwhile" in text(browser.get("/approvals/"))  # R65: told, no error
    assert publication(second) == "REJECTED"
    assert publication(third) == "WAITING"


def test_a_notice_leads_to_its_recording_first_or_to_what_was_decided_r64(cast, queue):
    browser = client(cast.chloe)
    page = text(browser.get(f"/approvals/?recording={queue[2]}"))
    assert re.findall(r"<bdi>(Part \d)</bdi>", page) == ["Part 3", "Part 1", "Part 2"]
    browser.post(f"/recordings/{queue[2]}/approve/", {})
    assert "Chloe had approved “Part 3” already." in text(browser.get(f"/approvals/?recording={queue[2]}"))
    assert "Part 3" not in text(client(cast.ben).get(f"/approvals/?recording={queue[2]}"))  # R42
    assert browser.get("/approvals/?recording=x&after=y").status_code == 200


def test_several_at_once_what_somebody_else_decided_is_told(cast, queue):
    browser = client(cast.chloe)
    Recording.objects.filter(id=queue[1]).update(
        publication="REJECTED", approval="rejected", approval_reason="No.", approval_by_id=cast.dev
    )
    answer = browser.post("/approvals/", {"recording": [*map(str, queue), "nonsense"]})
    assert answer["Location"] == "/approvals/"
    assert [publication(one) for one in queue] == ["PUBLISHED", "REJECTED", "PUBLISHED"]
    page = text(browser.get("/approvals/"))
    assert "2 recordings are approved." in page
    assert "Part 2: Dev has returned it meanwhile" in page
    assert client(cast.ben).post("/approvals/", {"recording": [str(queue[1])]}).status_code == 302
    assert publication(queue[1]) == "REJECTED"


def test_what_is_ticked_is_returned_for_one_reason_r67(cast, queue):
    browser = client(cast.chloe)
    ticked = {"recording": [str(one) for one in queue[:2]], "verb": "return"}
    empty = browser.post("/approvals/", {**ticked, "reason": " "})
    assert empty.status_code == 422
    page = text(empty)
    assert "Say why" in page
    assert page.count(" checked") == 2  # nothing that was ticked is lost
    assert publication(queue[0]) == "WAITING"
    assert browser.post("/approvals/", {**ticked, "reason": "Names show."}).status_code == 302
    assert [publication(one) for one in queue] == ["REJECTED", "REJECTED", "WAITING"]
    assert "2 recordings are returned to their owners" in text(browser.get("/approvals/"))
    assert Recording.objects.get(id=queue[1]).approval_reason == "Names show."


def test_the_page_of_a_recording_says_who_did_what_when_and_why_r74(cast, queue):
    made = queue[0]
    for_alice = text(client(cast.alice).get(f"/recordings/{made}/"))
    assert "Handed in by Alice" in for_alice
    assert f'action="/recordings/{made}/withdraw/"' in for_alice
    assert f'action="/recordings/{made}/approve/"' not in for_alice
    chloe = client(cast.chloe)
    for_chloe = text(chloe.get(f"/recordings/{made}/"))
    assert f'action="/recordings/{made}/approve/"' in for_chloe
    assert f'href="/recordings/{made}/reject/"' in for_chloe
    assert "Return “Part 1”" in text(chloe.get(f"/recordings/{made}/reject/"))
    chloe.post(f"/recordings/{made}/reject/", {"reason": "Names <b>show</b>."})
    alice = client(cast.alice)
    returned = text(alice.get(f"/recordings/{made}/"))
    assert "Chloe returned it" in returned
    assert "Names &lt;b&gt;show&lt;/b&gt;." in returned
    assert f'action="/recordings/{made}/resubmit/"' in returned
    alice.post(f"/recordings/{made}/resubmit/")
    assert publication(made) == "WAITING"
    alice.post(f"/recordings/{made}/withdraw/")
    assert publication(made) == "REJECTED"
    assert "Alice withdrew it" in text(alice.get(f"/recordings/{made}/"))
    ben = client(cast.ben).get(f"/recordings/{made}/")
    assert (ben.status_code, "Names" in text(ben)) == (403, False)
    assert alice.get(f"/recordings/{made}/approve/").status_code == 405


def test_a_folder_says_what_disappears_before_it_does_r69_r70(cast, now, site_says):
    for _ in range(2):
        lecture(cast.chemistry, cast.alice, now=now)
    alice, where = client(cast.alice), f"/folders/{cast.chemistry}/approval/"
    page = text(alice.get(where))
    assert "2 published recordings disappear from Viewers" in page
    assert 'name="existing"' not in page  # offered to a Publisher only
    page = text(client(cast.chloe).get(where))
    assert 'name="existing"' in page
    assert "so that nothing disappears</span>" in page
    own = lecture(cast.chemistry, cast.chloe, now=now)
    with site_says(APPROVAL_ALLOW_SELF="false"):  # R66
        page = text(client(cast.chloe).get(where))
    assert "so that nothing disappears but 1 of yours: another Publisher has to approve it</span>" in page
    Recording.objects.filter(id=own).update(publication="REJECTED")
    answer = alice.post(where, {"approval": "on"})
    assert answer["Location"] == f"/folders/{cast.chemistry}/"
    page = text(alice.get(f"/folders/{cast.chemistry}/"))
    assert "Approval is on. 2 recordings wait for a Publisher now." in page
    assert "A Publisher approves each recording" in page
    assert "Only a Publisher of the folder can switch approval off." in text(alice.get(where))
    alice.post(where, {"approval": "off"})
    assert Recording.objects.filter(publication="WAITING").count() == 2
    client(cast.chloe).post(where, {"approval": "off"})
    assert Recording.objects.filter(publication="PUBLISHED").count() == 2
    assert client(cast.ben).get(where).status_code == 404


def test_who_moves_sees_who_gains_and_who_loses_access_r203(cast, now):
    """By name for whoever may see how both folders are shared; its owner and its own viewers go with it."""
    free = library.add_folder("Free", kind=FolderKind.COURSE, now=now)
    for who, role in ((cast.alice, FolderRole.CREATOR), (cast.eve, FolderRole.VIEWER)):
        access_writes.add_member(free, PrincipalId(who), role, now=now)
    made = lecture(cast.chemistry, cast.alice, now=now)
    where = f"/recordings/{made}/move/?to={free}"

    def told(who=cast.alice):
        page = text(client(who).get(where))
        parts = {name: re.search(rf'id="{name}".*?</section>', page, re.DOTALL) for name in ("gaining", "losing")}
        return {name: re.findall(r'font-medium">([^<]+)<', part[0]) if part else [] for name, part in parts.items()}

    assert told() == {"gaining": ["Eve"], "losing": ["Part IA students", "Chloe"]}
    assert 'id="losing"' not in text(client(cast.alice).get(f"/recordings/{made}/copy/?to={free}"))
    access_writes.add_viewers(made, [PrincipalId(cast.chloe)], by=cast.alice, now=now)
    assert told()["losing"] == ["Part IA students"]
    Folder.objects.filter(id=free).update(sharing="organisation")
    assert told() == {"gaining": ["Eve"], "losing": []}
    assert "There, everybody who is signed in can watch." in text(client(cast.alice).get(where))
    Folder.objects.filter(id=cast.chemistry).update(sharing="organisation")
    assert told() == {"gaining": [], "losing": []}
    assert "Nobody gains or loses access by a role." in text(client(cast.alice).get(where))


def test_who_releases_by_moving_is_told_by_what_right_t26b(cast, now):
    free = library.add_folder("Free", kind=FolderKind.COURSE, now=now)
    Folder.objects.filter(id=cast.chemistry).update(start="when_approved")
    access_writes.add_member(cast.chemistry, PrincipalId(cast.chloe), FolderRole.CREATOR, now=now)
    access_writes.add_member(free, PrincipalId(cast.chloe), FolderRole.CREATOR, now=now)
    made = lecture(cast.chemistry, cast.alice, now=now, publication=Publication.WAITING)
    for who, why in ((cast.chloe, "because you are its Publisher."), (cast.dev, "because you decide for the service.")):
        assert why in text(client(who).get(f"/recordings/{made}/move/?to={free}"))


def test_move_and_copy_say_what_they_do_first_r57_r72(cast, now):
    free = library.add_folder("Free", kind=FolderKind.COURSE, now=now)
    strict = library.add_folder("Strict", kind=FolderKind.COURSE, now=now)
    for folder in (free, strict):
        access_writes.add_member(folder, PrincipalId(cast.alice), FolderRole.CREATOR, now=now)
    Folder.objects.filter(id=strict).update(start="when_approved")
    made, alice = lecture(cast.chemistry, cast.alice, now=now), client(cast.alice)
    page = text(alice.get(f"/recordings/{made}/move/"))
    assert re.findall(r"break-words\">(Free|Part IA|Physics|Strict)<", page) == ["Free", "Part IA", "Strict"]
    offered = [f"to={folder}" in page for folder in (free, strict, cast.chemistry)]
    assert offered == [True, True, False], "where it is now is named, and cannot be chosen"
    assert "where it is now" in page
    assert f"to={cast.chemistry}" in text(alice.get(f"/recordings/{made}/copy/"))
    assert "Strict" not in text(alice.get(f"/recordings/{made}/move/?q=free"))
    page = text(alice.get(f"/recordings/{made}/move/?to={strict}"))
    assert "It waits there for a Publisher" in page
    assert "no Publisher" in page
    assert alice.get(f"/recordings/{made}/move/?to={cast.physics}").status_code == 404
    answer = alice.post(f"/recordings/{made}/move/", {"to": str(strict)})
    assert answer["Location"] == f"/recordings/{made}/"
    assert (Recording.objects.get(id=made).folder_id, publication(made)) == (strict, "WAITING")
    refused = alice.post(f"/recordings/{made}/move/", {"to": str(free)})
    assert refused.status_code == 409
    assert "Only a Publisher of its folder" in text(refused)
    other = lecture(free, cast.alice, title="Other", now=now)
    page = text(alice.get(f"/recordings/{other}/copy/?to={cast.chemistry}"))
    assert "What kind of copy?" in page
    assert "disabled" not in page
    year, dev = metering.calendar().year_of(timezone.now()).label, Actor(cast.dev, Channel.WEB)
    metering.set_limits(year, HourLimits(None, 0, None), actor=dev, now=timezone.now())
    page = text(alice.get(f"/recordings/{other}/copy/?to={cast.chemistry}"))
    assert 'value="full" disabled' in page
    assert "so nothing can be copied in full for now" in page
    refused = alice.post(f"/recordings/{other}/copy/", {"to": str(cast.chemistry), "kind": "full"})
    assert (refused.status_code, Recording.objects.filter(origin="full_copy").exists()) == (409, False)
    answer = alice.post(f"/recordings/{other}/copy/", {"to": str(cast.chemistry), "kind": "reference"})
    copy = Recording.objects.get(reference_of_id=other)
    assert answer["Location"] == f"/recordings/{copy.id}/"
    page = text(alice.get(f"/recordings/{copy.id}/"))
    assert 'id="player"' in page
    assert "This is a copy that plays another recording" in page
    player = alice.get(f"/api/recordings/{copy.id}/player").json()
    assert [one["playlist_url"] for one in player["streams"]] == [f"/stream/{copy.id}/primary.m3u8"]  # its own address
    assert player["poster_url"] == f"/stream/{copy.id}/poster.jpg"
    assert "1 copy in another folder" in text(alice.get(f"/recordings/{other}/"))
    assert alice.post(f"/recordings/{other}/copy/", {"to": "nonsense"}).status_code == 200
