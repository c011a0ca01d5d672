"""Real conversations with a mail server: letters arrive whole, refusals and breaks are told apart, TLS is checked."""

import socket
from uuid import uuid4

import pytest

from cathedra.actions.notices import Line, Postman
from cathedra.adapters import smtp
from cathedra.config import Mail
from cathedra.domain.notices import Letter, LetterId, Outgoing, Stage
from tests import live
from tests.fakes.mail_server import mail_server, make_certificate
from tests.promises import differences

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


def outgoing(address="alice@example.org", *, subject="“Wärme” is ready", text="One.\n.\n..two\n", html="<p>Ä</p>"):
    return Outgoing(LetterId(uuid4()), address, Letter(subject, text, html), "https://x.example/account/notices/")


def settings(port, **more):
    more = {"timeout_seconds": 30, **more}
    return Mail(host="127.0.0.1", port=port, sender="lectures@example.org", **more)


def send(port, *letters, hand_over=lambda: True, **more):
    with smtp.Postman(settings(port, **more), site_name="Lectures,\n“Cam”").open() as line:
        return [line.send(letter, hand_over=hand_over) for letter in letters]


def test_it_is_called_as_the_actions_call_it():
    assert differences(Postman, smtp.Postman) == []
    assert differences(Line, smtp.Line) == []


def test_letters_arrive_whole_with_their_headers_over_one_line_r229():
    first, second = outgoing(), outgoing("Bob@bücher.example")
    with mail_server() as server:
        answers = send(server.port, first, second, bounce_address="bounces@example.org")
    assert [(answer.stage, answer.code) for answer in answers] == [(Stage.TAKEN, 250)] * 2
    assert server.receivers == ["alice@example.org", "Bob@xn--bcher-kva.example"]
    assert server.conversations == 1
    message = server.taken[0]
    assert message["Subject"] == "“Wärme” is ready"
    assert message["From"].addresses[0].addr_spec == "lectures@example.org"
    assert message["From"].addresses[0].display_name == "Lectures, “Cam”"
    assert message["Message-ID"] == f"<{first.id}@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<notices.example.org>"
    assert message["List-Unsubscribe"] == "<https://x.example/account/notices/>"
    assert message["Date"].datetime is not None
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert message.get_content_type() == "multipart/alternative"
    assert text.get_content().replace("\r\n", "\n") == "One.\n.\n..two\n"
    assert html.get_content().strip() == "<p>Ä</p>"


def test_no_header_can_be_smuggled_in_class_17():
    bad = [
        outgoing(subject="Hello\r\nBcc: all@example.org"),
        *(
            outgoing(address)
            for address in (
                "", "alice", "a b@example.org", "a@b@example.org", "alice@example.org\r\nDATA", "<a@example.org>",
                "alice@example.org>\r\nRCPT TO:<b@example.org", "a,b@example.org", "é@example.org", "a@" + "x" * 300,
            )
        ),
    ]  # fmt: skip
    with mail_server() as server:
        answers = send(server.port, *bad, outgoing())
    for letter, answer in zip(bad, answers, strict=False):
        assert (answer.stage, answer.code) == (Stage.RECIPIENT, 553), letter.address
    assert server.receivers == ["alice@example.org"]  # the line was still good


def test_each_refusal_is_told_with_its_stage_code_and_words_r229():
    cases = [
        ("MAIL", "451 4.3.0 busy", Stage.SENDER, 451),
        ("RCPT", "450 4.2.1 later", Stage.RECIPIENT, 450),
        ("RCPT", "550 5.1.1 no such person", Stage.RECIPIENT, 550),
        ("DATA", "452 4.3.1 full", Stage.HANDED, 452),
        ("DATA", "554 5.7.1 spam", Stage.HANDED, 554),
        ("MAIL", "drop", Stage.SENDER, 0),
        ("RCPT", "drop", Stage.RECIPIENT, 0),
        ("DATA", "drop", Stage.HANDED, 0),
    ]
    with mail_server() as server:
        for step, says, stage, code in cases:
            server.answers = {step: says}
            [answer] = send(server.port, outgoing())
            assert (answer.stage, answer.code) == (stage, code), (step, says, answer)
            assert says == "drop" or says.split(" ", 1)[1] in answer.said
        server.answers = {"bad@example.org": "550 5.1.1 nobody"}
        refused, taken = send(server.port, outgoing("bad@example.org"), outgoing())
        assert (refused.code, taken.stage) == (550, Stage.TAKEN)
        server.answers = {"bad@example.org": "drop"}
        dropped, taken = send(server.port, outgoing("bad@example.org"), outgoing())
        assert (dropped.code, taken.stage) == (0, Stage.TAKEN)  # on a new line


def test_nothing_is_handed_over_without_leave_and_leave_is_asked_when_the_server_waits():
    asked = []
    with mail_server() as server:
        [kept] = send(server.port, outgoing(), hand_over=lambda: bool(asked.append("x")))
        assert (kept.stage, kept.code, server.taken) == (Stage.CONTENT, 0, [])
        server.answers = {"RCPT": "550 no"}
        send(server.port, outgoing(), hand_over=lambda: bool(asked.append("y")))
    assert asked == ["x"]


def test_no_server_and_a_silent_one_are_tried_again_later():
    [answer] = send(live.free_port(), outgoing())
    assert (answer.stage, answer.code) == (Stage.CONNECT, 0)
    assert "refused" in answer.said
    with socket.create_server(("127.0.0.1", 0)) as silent:
        [answer] = send(silent.getsockname()[1], outgoing(), timeout_seconds=0.2)
    assert (answer.stage, answer.code) == (Stage.CONNECT, 0)
    assert "timed out" in answer.said


def test_starttls_and_tls_from_the_first_byte_are_used_and_signed_in_on(certificate):
    context, trusted = certificate
    for security in ("starttls", "tls"):
        with mail_server(security=security, context=context, user="carol") as server:
            more = {"security": security, "ca_file": str(trusted), "user": "carol"}
            [answer] = send(server.port, outgoing(), password="secret", **more)
            assert answer.stage is Stage.TAKEN, (security, answer)
            [wrong] = send(server.port, outgoing(), password="wrong", **more)
            assert (wrong.stage, wrong.code) == (Stage.CONNECT, 535), security
        assert server.secured == [True]


def test_a_certificate_that_is_not_trusted_gets_no_letter_and_no_password_class_26(certificate, tmp_path):
    context, _ = certificate
    other, trusted_other = make_certificate(tmp_path, host="mail.example.org")
    cases = [
        ("starttls", context, ""),
        ("tls", context, ""),
        ("tls", other, str(trusted_other)),
    ]  # the last: a wrong name
    for security, served, ca_file in cases:
        with mail_server(security=security, context=served, user="carol") as server:
            [answer] = send(
                server.port, outgoing(), security=security, ca_file=ca_file, user="carol", password="secret"
            )
            assert (answer.stage, answer.code) == (Stage.CONNECT, 0), security
            assert "certificate verify failed" in answer.said
            assert server.taken == []


def test_without_the_starttls_that_is_asked_for_nothing_is_sent_in_the_clear_class_26():
    with mail_server() as server:
        [answer] = send(server.port, outgoing(), security="starttls")
        assert (answer.stage, answer.code, server.taken) == (Stage.CONNECT, 0, [])
        assert "STARTTLS" in answer.said
