"""Letters go once, at their time, and what became of them is known (R229); what comes back stops what would follow."""

import socket
from contextlib import contextmanager
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from cathedra.actions import notices as actions
from cathedra.adapters import delivery_reports, smtp
from cathedra.config import Mail
from cathedra.db.models import Account, AuditEvent, Letter, MailPreference, Notice, UnreachableAddress
from cathedra.db.reads import notices as reads
from cathedra.db.writes import notices as writes
from cathedra.domain.notices import (
    WORDINGS,
    LetterState,
    MailChoice,
    MailWay,
    NoticeKind,
    Report,
    Site,
)
from cathedra.domain.terms import Actor, Channel, Code, system_actor
from tests.fakes.mail_server import mail_server
from tests.promises import differences

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SITE = Site("Lectures", "https://lectures.example.org")
ACTOR = system_actor()
READY, REJECTED, WAITING = NoticeKind.RECORDING_READY, NoticeKind.REJECTED, NoticeKind.WAITING_FOR_APPROVAL


@pytest.fixture(scope="module")
def server():
    with mail_server() as running:
        yield running


@pytest.fixture(autouse=True)
def forgets(server):
    server.taken.clear()
    server.receivers.clear()
    server.answers = {}


def run(server, now, *, postman=None):
    mail = Mail(host="127.0.0.1", port=server.port, sender="lectures@example.org", timeout_seconds=30)
    return actions.send_due(
        actor=ACTOR,
        now=now,
        postman=postman or smtp.Postman(mail, site_name="Lectures"),
        site=SITE,
        zone=ZoneInfo("Europe/London"),
        translate=str,
    )


def tell(kind, event, to, now, **more):
    values = {**WORDINGS[kind].example, **more.pop("values", {})}
    writes.add(kind, event=event, to=to, values=values, link=f"/recordings/{event}/", now=now, **more)


def minutes(number):
    return timedelta(minutes=number)


def test_a_notice_becomes_a_letter_that_arrives_and_is_known_to_have_r229_r146(cast, server, now):
    tell(REJECTED, "one", [cast.alice], now)
    tell(NoticeKind.APPROVAL_OVERDUE, "one", [], now, addresses=["desk@example.org"])
    assert not reads.is_delivered(REJECTED, event="one", to=cast.alice)
    assert run(server, now) == actions.Sent(sent=2)
    assert sorted(server.receivers) == ["alice@example.org", "desk@example.org"]
    [message] = [one for one in server.taken if one["To"] == "alice@example.org"]
    assert message["Subject"] == "“Entropy and the second law” was returned to you"
    assert "https://lectures.example.org/recordings/one/" in message.get_body(("plain",)).get_content()
    letter = Letter.objects.get(recipient_id=cast.alice)
    assert (letter.state, letter.sent_at, letter.attempts) == ("SENT", now, 1)
    assert message["Message-ID"] == f"<{letter.id}@example.org>"
    assert reads.is_delivered(REJECTED, event="one", to=cast.alice)
    assert not reads.is_delivered(REJECTED, event="two", to=cast.alice)
    assert run(server, now + minutes(5)) == actions.Sent()  # nothing twice
    assert len(server.taken) == 2


def test_equal_notices_of_an_hour_merge_r229(cast, server, now):
    tell(READY, "1", [cast.alice], now)
    run(server, now)
    for number in (2, 3):
        tell(READY, str(number), [cast.alice], now + minutes(number), values={"title": f"Lecture {number}"})
        run(server, now + minutes(number))
    assert len(server.taken) == 1
    run(server, now + minutes(59))
    assert len(server.taken) == 1
    run(server, now + minutes(60))
    assert len(server.taken) == 2
    assert server.taken[1]["Subject"] == "2 of your recordings are ready to watch"
    text = server.taken[1].get_body(("plain",)).get_content()
    assert "Lecture 2" in text
    assert "Lecture 3" in text


def test_the_eleventh_of_an_hour_waits_for_the_digest_r64(cast, server, now):
    for number in range(10):
        tell(WAITING, str(number), [cast.chloe], now, other_link="/watch/")
    run(server, now)
    assert len(server.taken) == 10
    for number in range(10, 13):
        tell(WAITING, str(number), [cast.chloe], now + minutes(1))
    run(server, now + minutes(1))
    assert len(server.taken) == 10
    run(server, now + minutes(60))
    assert [str(one["Subject"]) for one in server.taken[10:]] == ["3 recordings wait for your approval"]
    assert "https://lectures.example.org/watch/" in server.taken[0].get_body(("plain",)).get_content()


def test_who_chose_a_summary_gets_it_at_eight_and_who_chose_none_gets_none_r229(cast, server, now):
    MailPreference.objects.create(account_id=cast.alice, kind=READY, choice="DIGEST")
    MailPreference.objects.create(account_id=cast.chloe, kind=READY, choice="OFF")
    tell(READY, "1", [cast.alice, cast.chloe], now)
    tell(READY, "2", [cast.alice], now + minutes(1))
    run(server, now + minutes(60))
    assert server.taken == []
    run(server, now + timedelta(hours=22))  # eight in the morning
    assert server.receivers == ["alice@example.org"]
    assert server.taken[0]["Subject"] == "2 of your recordings are ready to watch"


def test_a_busy_server_is_asked_again_over_48_hours_and_then_no_more_r229(cast, server, now):
    server.answers = {"RCPT": "450 4.2.0 greylisted"}
    tell(REJECTED, "1", [cast.alice], now)
    hours = 0.0
    for wanted in (1 / 6, 1, 6, 24, 48):
        assert run(server, now + timedelta(hours=hours)) == actions.Sent(not_sent=1)
        row = Letter.objects.get()
        assert (row.state, row.problem) == ("QUEUED", "450 4.2.0 greylisted")
        assert row.due_at == now + timedelta(hours=wanted)
        assert run(server, row.due_at - minutes(1)) == actions.Sent()
        hours = wanted
    run(server, now + timedelta(hours=hours))
    row = Letter.objects.get()
    assert (row.state, row.attempts) == ("FAILED", 6)
    assert not UnreachableAddress.objects.exists()
    assert run(server, now + timedelta(days=9)) == actions.Sent()


def test_a_refused_address_is_marked_at_once_and_nothing_more_is_sent_there_r229_r147(cast, server, now):
    server.answers = {"alice@example.org": "550 5.1.1 No such\tperson"}
    tell(REJECTED, "1", [cast.alice, cast.chloe], now)
    tell(NoticeKind.APPROVED, "1", [cast.alice], now)
    assert run(server, now) == actions.Sent(sent=1, not_sent=1)  # the second letter to her is not even tried
    states = Letter.objects.filter(recipient_id=cast.alice).values_list("state", "problem")
    assert set(states) == {("UNREACHABLE", "550 5.1.1 No such person")}
    standing = reads.mail_standing(cast.alice)
    assert (standing.is_unreachable, standing.problem, standing.since_at) == (True, "550 5.1.1 No such person", now)
    assert (reads.is_reachable(cast.alice), reads.is_reachable(cast.chloe)) == (False, True)
    event = AuditEvent.objects.get(action="address:mark_unreachable")
    assert (event.target_id, event.facts["reason"]) == ("alice@example.org", "550 5.1.1 No such person")
    tell(REJECTED, "2", [cast.alice], now + minutes(1))
    assert Notice.objects.get(recipient_id=cast.alice, event="2").mail == MailWay.UNREACHABLE
    server.answers = {}
    alice = Actor(cast.alice, Channel.WEB)
    more = {"may_administer": False, "now": now}
    refused = actions.try_address_again("alice@example.org", own_address="chloe@example.org", actor=alice, **more)
    assert refused.code is Code.NO_PERMISSION
    assert actions.try_address_again(
        "Alice@example.org", own_address="alice@example.org", actor=alice, **more
    ).is_permitted
    assert AuditEvent.objects.get(action="address:try_again").actor_id == cast.alice
    tell(REJECTED, "3", [cast.alice], now + timedelta(hours=2))
    assert run(server, now + timedelta(hours=2)) == actions.Sent(sent=1)


def test_who_closed_the_account_or_bounced_meanwhile_gets_no_letter(cast, server, now):
    tell(REJECTED, "1", [cast.alice, cast.chloe, cast.eve, cast.ben], now)
    Account.objects.filter(id=cast.alice).update(is_active=False, deactivated_at=now)
    Account.objects.filter(id=cast.eve).update(email="")
    writes.mark_unreachable("Chloe@example.org", reason="550", now=now)
    assert run(server, now) == actions.Sent(sent=1)
    ways = dict(Notice.objects.values_list("recipient_id", "mail"))
    assert [ways[one] for one in (cast.alice, cast.chloe, cast.eve, cast.ben)] == [
        "CLOSED", "UNREACHABLE", "NO_ADDRESS", "AT_ONCE",
    ]  # fmt: skip


def test_a_server_that_is_down_costs_one_attempt_of_one_letter(cast, server, now):
    tell(REJECTED, "1", [cast.alice, cast.chloe], now)

    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        mail = Mail(
            host="127.0.0.1", port=nobody_listens.getsockname()[1], sender="lectures@example.org", timeout_seconds=30
        )
        assert run(server, now, postman=smtp.Postman(mail, site_name="Lectures")) == actions.Sent(not_sent=1)
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 1]
    assert run(server, now + minutes(10)) == actions.Sent(sent=2)


def test_without_a_server_everything_stays_on_the_site_and_is_not_sent_later(cast, server, now):
    tell(REJECTED, "1", [cast.alice], now)
    site = {"site": SITE, "zone": UTC, "translate": str}
    assert actions.send_due(actor=ACTOR, now=now, postman=None, **site) == actions.Sent(kept_on_site=1)
    assert Notice.objects.get().mail == MailWay.NO_SERVER
    assert run(server, now + minutes(1)) == actions.Sent()


class Killed(BaseException):
    """As if the worker died on the spot."""


class Dying:
    """The real line, on which the worker dies before or after it hands a letter over."""

    def __init__(self, server, *, dies):
        self.server, self.dies = server, dies

    @contextmanager
    def open(self):
        mail = Mail(host="127.0.0.1", port=self.server.port, sender="lectures@example.org", timeout_seconds=30)
        with smtp.Postman(mail, site_name="Lectures").open() as self.line:
            yield self

    def send(self, outgoing, *, hand_over):
        if self.dies == "before":
            raise Killed
        self.line.send(outgoing, hand_over=hand_over)
        raise Killed


@pytest.mark.parametrize(("dies", "state", "arrived"), [("before", "SENT", 1), ("after", "UNSURE", 1)])
def test_a_worker_killed_at_any_line_sends_a_letter_once_at_most_r229(cast, server, now, dies, state, arrived):
    """Killed before the hand-over it is sent later; between the server's yes and the commit it is not sent again."""
    tell(REJECTED, "1", [cast.alice], now)
    with pytest.raises(Killed):
        run(server, now, postman=Dying(server, dies=dies))
    assert Letter.objects.get().state == LetterState.SENDING
    assert run(server, now + minutes(5)) == actions.Sent()  # its holder might still live
    run(server, now + minutes(11))
    row = Letter.objects.get()
    run(server, row.due_at + minutes(1))
    row.refresh_from_db()
    assert (row.state, len(server.taken)) == (state, arrived)
    assert reads.is_delivered(REJECTED, event="1", to=cast.alice) == (state == "SENT")


def test_a_line_that_dies_after_the_last_byte_leaves_it_open_and_is_not_repeated_r229(cast, server, now):
    server.answers = {"DATA": "drop"}
    tell(REJECTED, "1", [cast.alice], now)
    run(server, now)
    server.answers = {}
    assert Letter.objects.get().state == LetterState.UNSURE
    assert run(server, now + timedelta(days=3)) == actions.Sent()
    assert len(server.taken) == 1  # it had been taken


def test_a_claim_that_was_taken_over_hands_nothing_over_and_settles_nothing(cast, server, now):
    tell(REJECTED, "1", [cast.alice], now)
    run(server, now, postman=Postponing(server))
    assert server.taken == []
    assert Letter.objects.get().state == LetterState.SENDING


class Postponing(Dying):
    """Another worker takes the letter over while this one talks to the server."""

    def __init__(self, server):
        super().__init__(server, dies="never")

    def send(self, outgoing, *, hand_over):
        Letter.objects.filter(id=outgoing.id).update(claim="00000000-0000-4000-8000-000000000000")
        return self.line.send(outgoing, hand_over=hand_over)


def test_lines_that_die_or_postpone_are_called_as_the_real_one_is():
    assert differences(actions.Postman, Dying, Postponing) == []
    assert differences(actions.Line, Dying, Postponing) == []


REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: lectures@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain

I am sorry.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; alice@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <alice@example.org>: unknown

--=b
Content-Type: text/rfc822-headers

From: lectures@example.org
Message-ID: <{id}@example.org>
Subject: x

--=b--
"""


def take(letter_id, now, *, action="failed", status="5.1.1"):
    report = delivery_reports.read(REPORT.format(id=letter_id, action=action, status=status).encode())
    assert report is not None
    return actions.take_report(report, actor=ACTOR, now=now)


def test_a_letter_that_comes_back_marks_its_address_once_and_was_not_delivered_r229_r147(cast, server, now):
    tell(REJECTED, "1", [cast.alice], now)
    run(server, now)
    letter = Letter.objects.get()
    assert take(letter.id, now, action="delayed", status="4.4.7") is None
    assert reads.is_delivered(REJECTED, event="1", to=cast.alice)
    assert take(letter.id, now + minutes(9)) == "alice@example.org"
    assert take(letter.id, now + minutes(10)) is None  # the same report again
    letter.refresh_from_db()
    assert (letter.state, letter.problem) == ("UNREACHABLE", "5.1.1 550 5.1.1 <alice@example.org>: unknown")
    assert not reads.is_delivered(REJECTED, event="1", to=cast.alice)
    assert not reads.is_reachable(cast.alice)
    assert AuditEvent.objects.filter(action="address:mark_unreachable").count() == 1


def test_nobody_has_an_address_marked_with_a_report_that_they_made_up(cast, server, now):
    tell(REJECTED, "1", [cast.alice], now)
    assert take("11111111-1111-4111-8111-111111111111", now) is None
    unsent = Report((str(cast.alice),), "failed", "5.1.1", "x")
    assert actions.take_report(unsent, actor=ACTOR, now=now) is None
    assert not UnreachableAddress.objects.exists()


def test_choices_are_kept_whole_or_not_at_all_and_audited_r229(cast, now):
    alice = Actor(cast.alice, Channel.WEB)
    choose = {"account_id": cast.alice, "actor": alice, "now": now}
    refused = actions.choose_mail({READY: MailChoice.OFF, REJECTED: MailChoice.OFF}, **choose)
    assert (refused.code, refused.reasons[0].rule) == (Code.CONFLICT, "R229")
    assert reads.list_choices(cast.alice) == {}
    assert actions.choose_mail({READY: MailChoice.OFF, REJECTED: MailChoice.AT_ONCE}, **choose).is_permitted
    assert reads.list_choices(cast.alice) == {READY: MailChoice.OFF}
    assert actions.choose_mail({READY: MailChoice.OFF}, **choose).is_permitted
    assert AuditEvent.objects.get(action="notice:choose_mail").facts == {"N6": "OFF"}


def test_reading_is_ones_own_and_counts_as_being_reached_r146(cast, now):
    tell(REJECTED, "1", [cast.alice, cast.chloe], now)
    mine = Notice.objects.get(recipient_id=cast.alice)
    with pytest.raises(reads.NoticeNotFound):
        actions.mark_read(mine.id, account_id=cast.chloe, now=now)
    assert actions.mark_read(mine.id, account_id=cast.alice, now=now) == "/recordings/1/"
    actions.mark_read(mine.id, account_id=cast.alice, now=now + minutes(9))
    mine.refresh_from_db()
    assert mine.read_at == now
    assert reads.is_delivered(REJECTED, event="1", to=cast.alice)
    assert not reads.is_delivered(REJECTED, event="1", to=cast.chloe)
    assert actions.mark_all_read(account_id=cast.chloe, now=now) == 1
    assert actions.mark_all_read(account_id=cast.chloe, now=now) == 0


def test_hostile_titles_arrive_as_text_class_17(cast, server, now):
    hostile = "<script>zqx()</script>\r\nBcc: eve@example.org\r\n\r\n\u202eevil {folder}"
    tell(REJECTED, "1", [cast.alice], now, values={"title": hostile, "reason": hostile, "who": hostile})
    assert run(server, now) == actions.Sent(sent=1)
    [message] = server.taken
    assert message["Bcc"] is None
    assert server.receivers == ["alice@example.org"]
    assert "\n" not in str(message["Subject"])
    assert "<script" not in message.get_body(("html",)).get_content()
