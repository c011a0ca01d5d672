"""The Maildir of returned letters: each message is given once and goes; a folder that is none is said so."""

import mailbox

import pytest

from cathedra.adapters import mail_folder
from cathedra.domain.terms import UnableTo


def test_each_message_is_given_and_removed_and_a_huge_one_removed_unread(tmp_path):
    box = mailbox.Maildir(tmp_path / "box")
    for content in (b"Subject: one\n\nx\n", b"Subject: two\n\n" + b"y" * 1000):
        box.add(content)
    given = []
    assert mail_folder.take_each(tmp_path / "box", given.append, most_bytes=500) == 2
    assert given == [b"Subject: one\n\nx\n"]
    assert mail_folder.take_each(tmp_path / "box", given.append, most_bytes=500) == 0


def test_a_message_stays_until_it_was_taken(tmp_path):
    mailbox.Maildir(tmp_path / "box").add(b"Subject: one\n\nx\n")

    def fails(content):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        mail_folder.take_each(tmp_path / "box", fails, most_bytes=500)
    given = []
    mail_folder.take_each(tmp_path / "box", given.append, most_bytes=500)
    assert len(given) == 1


def test_a_folder_that_is_no_maildir_is_said_so(tmp_path):
    with pytest.raises(UnableTo, match="not a Maildir"):
        mail_folder.take_each(tmp_path, print, most_bytes=1)
