"""What is told, in which words, when, and what an answer of a mail server means (R229, R64)."""

import dataclasses
import json
import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from cathedra.domain import notices
from cathedra.domain.notices import (
    WORDINGS,
    Item,
    LetterState,
    MailAnswer,
    MailChoice,
    MailWay,
    NoticeKind,
    Phrase,
    Site,
    Stage,
    Verdict,
    Waiting,
    Window,
)

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
SITE = Site("Lectures", "https://lectures.example.org")
HOSTILE = 'A\r\nBcc: all@example.org\x00 <script>alert(1)</script> "quoted" {folder} \u202etxt.exe\u2066'
MUST = {
    "N3", "N4", "N43", "SCHEDULES_CHECKED",
    "N7", "N8", "N10", "N10_FOLDER", "N12", "N13", "N14", "N17", "N18", "N20", "N21", "N35", "N36", "N46", "N47", "N49", "N40", "N41", "N42", "N51",
    "N50", "N30", "N31", "N32b", "N33", "N34", "N34_LATE", "N37", "N38", "N48", "N52", "N52_SHARING", "EXEMPTION_ASKED", "EXEMPTION_ANSWERED",
    "LIMIT_EXCEPTION_ASKED", "LIMIT_EXCEPTION_ANSWERED",
    "INVITATION", "ROLE_GIVEN", "ROLE_ENDED",
    "N15", "N15_RECEIPT", "N15_OVERDUE", "USE_REPEATED", "N16", "N19", "N19_SOON", "N19_REMOVED", "N19_APPEAL", "N19_TAKEDOWN",
    "N19_TAKEDOWN_SOON", "N19_TAKEN_DOWN", "FOLDER_LEFT", "SAVED_ANEW", "SAVING_FAILED", "USE_SUSPENDED", "USE_SUSPENSION_ENDED",
    "CAPTURE_FINISHED", "CAPTURE_EMPTY",
}  # fmt: skip


def compose(items, **more):
    return notices.compose(items, site=SITE, is_outside=False, translate=str, **more)


def item(kind, **values):
    wording = WORDINGS[kind]
    return Item(wording, {**wording.example, **values}, "/recordings/1/", "/other/" if wording.other_button else "")


def test_every_kind_has_its_words_every_place_is_filled_and_none_is_unused_r229():
    assert set(WORDINGS) == set(NoticeKind)
    assert {kind.value for kind, wording in WORDINGS.items() if wording.is_must} == MUST
    for kind, wording in WORDINGS.items():
        notices.check(wording, wording.example, "/a/")  # raises for a missing and for an unused value
        letter = compose([item(kind)])
        for told in (letter.subject, letter.text, letter.html, *notices.paragraphs(wording, wording.example, str)):
            assert not re.search(r"\{\w*\}", told), (kind, told)
        for name, value in notices.said(wording.example, str).items():
            assert value in f"{letter.subject} {' '.join(letter.text.split())}", (kind, name)
        assert "https://lectures.example.org/recordings/1/" in letter.text
        assert 'href="https://lectures.example.org/recordings/1/"' in letter.html
        assert "{count}" in wording.digest
        assert wording.when
        assert wording.button
        assert wording.subject[-1] not in ".!"
        assert all(text.endswith((".", "}", "?")) for text in (*wording.paragraphs, wording.way_on)), kind
        assert len(letter.subject) < 120, kind


def test_a_wrong_value_is_named():
    wording = WORDINGS[NoticeKind.APPROVED]
    for values, says in (({"title": "x", "folder": "y"}, "needs: who"), ({**wording.example, "z": "1"}, "for: z")):
        with pytest.raises(notices.WrongNotice, match=says):
            notices.check(wording, values, "/a/")


def test_hostile_text_stays_text_in_subject_text_and_html_class_17():
    for kind, wording in WORDINGS.items():
        values = dict.fromkeys(wording.example, HOSTILE)
        one = Item(wording, values, "/a/")
        for letter in (compose([one]), compose([one, one])):
            assert "\n" not in letter.subject + letter.html.split("<title>")[1].split("</title>")[0], kind
            for told in (letter.subject, letter.text, letter.html):
                assert not set(told) & set("\r\x00\u202e\u2066"), kind
            assert "\nBcc:" not in letter.text
            assert "<script" not in letter.html
            assert len(letter.subject) < 400
            bare = re.sub(r"<bdi>.*?</bdi>", "", letter.html)
            assert "alert(1)" not in bare.split("</title>")[1], kind  # a name never turns the sentence around it
    assert notices.plain("مرحبا a\u200cb") == "مرحبا a\u200cb"  # a right-to-left title is a title
    assert notices.plain("x" * 5000).endswith("…")


def test_nothing_in_the_html_is_fetched_and_both_forms_say_the_same():
    for kind in NoticeKind:
        letter = compose([item(kind)])
        assert not re.search(r"(?i)src=|url\(|<link|<img|@import|<style|<form", letter.html)
        bare = " ".join(re.sub(r"<[^>]+>", " ", letter.html).split())
        for paragraph in notices.paragraphs(WORDINGS[kind], WORDINGS[kind].example, str):
            assert " ".join(paragraph.split()) in " ".join(letter.text.split()), kind
            words = re.findall(r"\w+", paragraph)
            assert re.findall(r"\w+", bare.replace("&#x27;", "'")).count(words[0]) > 0
    assert all(len(line) <= 76 or "http" in line for line in letter.text.splitlines())


SPOKEN = {
    "Your recording “{title}” in {folder} plays, but something that came with it was left out.": "« {title} » ({folder}) :",
    "The picture {what} stops.": "L’image {what} s’arrête.",
}


def french(sentence):
    return SPOKEN.get(sentence, str(sentence))


@pytest.mark.parametrize("tag", ["en-GB", "cy", "zh-Hans"])
def test_a_letter_names_the_language_that_it_is_said_in_r229(tag):
    site = Site("Lectures", "https://lectures.example.org", language=tag)
    for count in (1, 3):
        letter = notices.compose([item(NoticeKind.REJECTED)] * count, site=site, is_outside=False, translate=str)
        assert re.findall(r'lang="([^"]*)"', letter.html) == [tag]


def test_sentences_of_ours_inside_a_notice_are_said_in_the_readers_language_r229():
    """Stored as the source has them; what somebody wrote in them stays text, and no place of theirs is filled."""
    part = Phrase("The picture {what} stops.", {"what": "<b>{title}</b>\r\nBcc: x"})
    values = {"title": "Entropy", "folder": "IA", "parts": ("slides.mkv:", part, Phrase("It is long."))}
    stored = notices.kept(values)
    assert json.loads(json.dumps(stored)) == stored
    assert stored["parts"][1]["sentence"] == "The picture {what} stops."
    assert notices.read_back(stored) == values
    wording = WORDINGS[NoticeKind.INPUT_DROPPED]
    for translate, says in ((str, "The picture {} stops. It is long."), (french, "L’image {} s’arrête. It is long.")):
        told = "slides.mkv: " + says.format("<b>{title}</b> Bcc: x")
        assert told in notices.paragraphs(wording, values, translate)
        letter = notices.compose([Item(wording, values, "/a/")], site=SITE, is_outside=False, translate=translate)
        assert told in " ".join(letter.text.split())
        assert told.replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;") in letter.html
    problem = {**WORDINGS[NoticeKind.PROCESSING_FAILED].example, "problem": part}
    assert "L’image" in " ".join(notices.paragraphs(WORDINGS[NoticeKind.PROCESSING_FAILED], problem, french))


def test_days_and_instants_are_kept_as_such_and_told_by_whoever_knows_the_language_and_the_zone():
    kept_until = Phrase("It is kept until {until}.", {"until": date(2027, 9, 1)})
    values = {"title": "IA", "day": date(2026, 8, 31), "when": NOW, "answer": kept_until}
    stored = notices.kept(values)
    assert json.loads(json.dumps(stored)) == {
        "title": "IA",
        "day": {"day": "2026-08-31"},
        "when": {"instant": "2026-11-02T10:00:00+00:00"},
        "answer": {"sentence": "It is kept until {until}.", "values": {"until": {"day": "2027-09-01"}}},
    }
    assert notices.read_back(stored) == values

    def swedish(told):
        return f"{told:%-d/%-m}" if isinstance(told, date) else told.replace("It is kept until", "Sparas till")

    assert notices.said(values, swedish) == {
        "title": "IA", "day": "31/8", "when": "2/11", "answer": "Sparas till 1/9.",
    }  # fmt: skip


def test_a_paragraph_with_nothing_to_say_is_left_out():
    letter = compose([item(NoticeKind.ACCESS_REQUESTED, message="")])
    assert "They wrote" not in letter.text + letter.html


def test_the_foot_says_whether_it_can_be_switched_off():
    for kind, says, lacks in (
        (NoticeKind.APPROVED, "/account/notices/", "cannot be switched off"),
        (NoticeKind.REJECTED, "cannot be switched off", "/account/notices/"),
    ):
        letter = compose([item(kind)])
        for told in (" ".join(letter.text.split()), letter.html):
            assert says in told
            assert lacks not in told
    outside = notices.compose([item(NoticeKind.APPROVAL_OVERDUE)], site=SITE, is_outside=True, translate=str)
    assert "knows this address" in outside.text
    assert "/account/" not in outside.text


def test_several_make_one_letter_and_a_very_long_one_ends_r64():
    many = compose([item(NoticeKind.WAITING_FOR_APPROVAL, title=f"Lecture {n}") for n in range(60)])
    assert many.subject == "60 recordings wait for your approval"
    for told in (many.text, many.html):
        assert "Lecture 39" in told
        assert "Lecture 40" not in told
        assert "20 more" in told
    mixed = compose([item(NoticeKind.APPROVED), item(NoticeKind.RECORDING_READY)])
    assert mixed.subject == "Your summary: 2 notices"
    assert "https://lectures.example.org/notices/" in mixed.text


def test_what_must_be_told_cannot_be_switched_off_r229():
    for kind, wording in WORDINGS.items():
        for choice in MailChoice:
            decision = notices.decide_choice(wording, choice)
            assert decision.is_permitted == (kind.value not in MUST or choice is MailChoice.AT_ONCE), (kind, choice)
            way = notices.mail_way(wording, chosen=choice, is_active=True, has_address=True, is_unreachable=False)
            assert way == ("AT_ONCE" if kind.value in MUST else choice.value)


def waiting(number, *, minutes=0, kind=NoticeKind.APPROVED, to="alice", way=MailWay.AT_ONCE, held=0):
    at = NOW + timedelta(minutes=minutes)
    return Waiting(UUID(int=number), to, kind, way, at, at + timedelta(minutes=held))


def planned(some, windows=None, *, minutes=0):
    at_once = {kind: wording.at_once for kind, wording in WORDINGS.items()}
    plan = notices.plan(some, windows or {}, at_once, now=NOW + timedelta(minutes=minutes), zone=LONDON)
    letters = sorted([one.int for one in parcel.notice_ids] for parcel in plan.parcels)
    return letters, {one.int: (at - NOW).total_seconds() / 60 for one, at in plan.held.items()}


def test_the_first_goes_at_once_and_the_rest_of_the_hour_waits_for_its_end_r229():
    key, approval = ("alice", NoticeKind.APPROVED), NoticeKind.WAITING_FOR_APPROVAL
    hour = {key: Window(NOW, 1)}
    cases = [
        ("the first", [waiting(1)], {}, 0, [[1]], {}),
        ("the second, ten minutes later", [waiting(2, minutes=10)], hour, 10, [], {2: 60}),
        ("at the hour's end, one letter", [waiting(2, minutes=10, held=50), waiting(3, minutes=59, held=1)], hour, 60, [[2, 3]], {}),
        ("a digest opens a new hour", [waiting(4, minutes=61)], {key: Window(NOW + timedelta(hours=1), 1)}, 61, [], {4: 120}),
        ("after a quiet hour", [waiting(5, minutes=61)], hour, 61, [[5]], {}),
        ("three that came together", [waiting(1), waiting(2), waiting(3)], {}, 0, [[1, 2, 3]], {}),
        ("another kind does not wait", [waiting(6, kind=NoticeKind.REJECTED)], hour, 0, [[6]], {}),
        ("another person does not wait", [waiting(7, to="chloe")], hour, 0, [[7]], {}),
        ("ten N10 go singly", [waiting(n, kind=approval) for n in range(1, 11)], {}, 0, [[n] for n in range(1, 11)], {}),
        ("eleven N10 are a digest", [waiting(n, kind=approval) for n in range(1, 12)], {}, 0, [[*range(1, 12)]], {}),
        (
            "the eleventh N10 of an hour waits", [waiting(10, kind=approval), waiting(11, kind=approval)],
            {("alice", approval): Window(NOW, 9)}, 5, [[10]], {11: 60},
        ),
    ]  # fmt: skip
    for name, some, windows, minutes, letters, held in cases:
        assert planned(some, windows, minutes=minutes) == (letters, held), name


def test_the_daily_digest_goes_at_eight_in_the_sites_time_and_mixes_kinds_r229():
    some = [waiting(1, way=MailWay.DIGEST), waiting(2, way=MailWay.DIGEST, kind=NoticeKind.RECORDING_READY)]
    next_eight = 22 * 60  # NOW is 10:00 in London in winter
    assert planned(some) == ([], {1: next_eight, 2: next_eight})
    assert planned(some, minutes=next_eight) == ([[1, 2]], {})
    cases = [  # the clocks go back on 25 October and forward on 28 March
        (datetime(2026, 10, 24, 20, 0, tzinfo=UTC), datetime(2026, 10, 25, 8, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 20, 0, tzinfo=UTC), datetime(2027, 3, 28, 7, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 6, 59, tzinfo=UTC), datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), datetime(2026, 7, 2, 7, 0, tzinfo=UTC)),
    ]
    for instant, due in cases:
        assert notices.digest_at(instant, LONDON) == due


def test_what_a_servers_answer_means_r229():
    cases = [
        (Stage.TAKEN, 250, "ok", Verdict.TAKEN),
        (Stage.CONNECT, 0, "refused", Verdict.AGAIN),
        (Stage.CONNECT, 554, "not you", Verdict.AGAIN),
        (Stage.CONNECT, 535, "5.7.8 bad password", Verdict.AGAIN),
        (Stage.SENDER, 550, "5.1.8 bad sender", Verdict.AGAIN),
        (Stage.RECIPIENT, 450, "4.2.0 try later", Verdict.AGAIN),
        (Stage.RECIPIENT, 550, "5.1.1 no such person", Verdict.UNREACHABLE),
        (Stage.RECIPIENT, 550, "no such person", Verdict.UNREACHABLE),
        (Stage.RECIPIENT, 554, "5.7.1 relay access denied", Verdict.NEVER),
        (Stage.CONTENT, 451, "4.3.0 full", Verdict.AGAIN),
        (Stage.HANDED, 452, "4.3.1 full", Verdict.AGAIN),
        (Stage.HANDED, 554, "5.7.1 spam", Verdict.NEVER),
        (Stage.HANDED, 554, "spam", Verdict.NEVER),
        (Stage.HANDED, 550, "5.1.1 unknown", Verdict.UNREACHABLE),
        (Stage.CONTENT, 0, "dropped", Verdict.AGAIN),
        (Stage.HANDED, 0, "dropped", Verdict.UNSURE),
    ]
    for stage, code, said, verdict in cases:
        assert notices.judge(MailAnswer(stage, code, said)) is verdict, (stage, code, said)


def test_a_letter_is_tried_five_times_more_over_48_hours_r229():
    at, tried = NOW, []
    for attempts in range(1, 8):
        settled = notices.settle(Verdict.AGAIN, attempts=attempts, first_tried_at=NOW, now=at)
        if settled.due_at is None:
            break
        at = settled.due_at
        tried.append((at - NOW).total_seconds() / 3600)
    assert [round(hours, 2) for hours in tried] == [0.17, 1, 6, 24, 48]
    assert (settled.state, settled.marks_address) == (LetterState.FAILED, False)
    late = notices.settle(Verdict.AGAIN, attempts=1, first_tried_at=NOW, now=NOW + timedelta(days=1))
    assert late.due_at == NOW + timedelta(days=1)  # the worker was down: now, not in the past
    for verdict, state in (
        (Verdict.TAKEN, "SENT"), (Verdict.NEVER, "FAILED"), (Verdict.UNSURE, "UNSURE"), (Verdict.UNREACHABLE, "UNREACHABLE"),
    ):  # fmt: skip
        settled = notices.settle(verdict, attempts=1, first_tried_at=NOW, now=NOW)
        assert (settled.state, settled.due_at) == (state, None)
        assert settled.marks_address == (state == "UNREACHABLE")


def test_only_a_final_report_counts_r229():
    report = notices.Report(("x",), "failed", "5.1.1", "no such person")
    assert report.is_final
    assert not dataclasses.replace(report, action="delayed").is_final
    assert not dataclasses.replace(report, status="4.4.7").is_final
