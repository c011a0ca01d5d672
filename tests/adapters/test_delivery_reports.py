"""Delivery reports as servers write them; everything else is nothing, and nothing raises (R229)."""

from cathedra.adapters import delivery_reports
from cathedra.domain.notices import Report

ID = "0f8fad5b-d9cb-469f-a165-70867728950e"


def report(status: str, original: str, *, kind="report") -> bytes:
    parts = ("Content-Type: text/plain\n\nSorry.", f"Content-Type: message/delivery-status\n\n{status}", original)
    body = "".join(f"--=b\n{part}\n" for part in parts)
    head = f'Subject: Undelivered\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="=b"\n\n'
    return f"{head}{body}--=b--\n".encode()


def returned(message_id=f"<{ID}@example.org>"):
    return f"Content-Type: message/rfc822\n\nFrom: a@example.org\nMessage-ID: {message_id}\n\nx\n"


def headers(message_id=f"<{ID}@example.org>"):
    return f"Content-Type: text/rfc822-headers\n\nFrom: a@example.org\nMessage-ID: {message_id}\n"


STATUS = """\
Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; alice@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 unknown
  (in reply to RCPT)
"""


def test_reports_are_read_in_both_forms_r229():
    failed = STATUS.format(action="Failed", status="5.1.1 (bad mailbox)")
    for original in (returned(), headers()):
        found = delivery_reports.read(report(failed, original))
        assert found is not None
        assert (found.message_ids, found.action, found.status, found.is_final) == ((ID,), "failed", "5.1.1", True)
        assert " ".join(found.diagnosis.split()) == "550 5.1.1 unknown (in reply to RCPT)"
    delayed = delivery_reports.read(report(STATUS.format(action="delayed", status="4.4.7"), returned()))
    assert delayed == Report((ID,), "delayed", "4.4.7", delayed.diagnosis)


def test_everything_else_is_nothing():
    failed = STATUS.format(action="failed", status="5.1.1")
    cases = [
        b"", b"\x00\xff" * 1000, b"Subject: hello\n\nHi", b"Content-Type: multipart/report\n\n",
        b"Content-Type: multipart/report; boundary=b\n\n--b\n" * 50,
        report(failed, returned("<somebody-elses@example.org>")),
        report(failed, f"Content-Type: text/plain\n\nMessage-ID: <{ID}@example.org>\n"),  # quoted in a text: not what came back
        report("nothing here", returned()),
        report(failed, returned(), kind="mixed"),
    ]  # fmt: skip
    for content in cases:
        assert delivery_reports.read(content) is None, content[:80]
    deep = b"".join(b"Content-Type: message/rfc822\n\n" for _ in range(5000))
    assert delivery_reports.read(deep) is None


def test_a_report_without_a_status_is_not_final():
    found = delivery_reports.read(report("Reporting-MTA: x\n\nAction: failed\n", returned()))
    assert found is not None
    assert not found.is_final
