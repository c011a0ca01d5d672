"""`cathedra policy check`: what it finds, in words and in its status."""

from pathlib import Path

import pytest

from cathedra.cli.main import main

SHIPPED = Path(__file__).parents[2] / "policies/acceptable-use/1.toml"


@pytest.mark.slow
def test_every_shipped_version_is_sound(capsys):
    assert main(["policy", "check"]) == 0
    told = capsys.readouterr().out
    assert "acceptable-use@1: 5940 declarations tried" in told
    assert "examples: 21 tried, 0 failed." in told
    assert "rules that never decide: none." in told
    assert "no rule decides, and that are referred: none." in told
    assert "permit what another rule does not: none." in told
    assert told.endswith("It is sound.\n")


@pytest.mark.slow
def test_an_unsound_version_is_told_in_every_way_and_in_the_status(capsys, tmp_path):
    text = SHIPPED.read_text()
    text = text.replace('category_rule = "refer" }', 'category = "other", course = "award" }')
    text = text.replace('expect = "permit"', 'expect = "deny"', 1)
    text += '\n[[rule]]\nid = "idle"\neffect = "refer"\nwhen = { category = "meeting" }\ncite = "c"\nmessage = "m"\n'
    text += '\n[[rule]]\nid = "wide"\neffect = "permit"\nwhen = { category = "lecture" }\ncite = "c"\nmessage = "m"\n'
    wrong = tmp_path / "2.toml"
    wrong.write_text(text)
    assert main(["policy", "check", str(SHIPPED), str(wrong)]) == 1, "one unsound version is enough"
    told = capsys.readouterr().out
    assert "It is sound.\n" in told, "each version is told"
    assert "21 tried, 2 failed.\n    q1=yes q2=yes q3=yes category=lecture course=award" in told
    assert "expected NOT_PERMITTED, came to PERMITTED by course-of-study, wide" in told
    assert "course=summer_school relevant=not_asked: expected by course-of-study, came by course-of-study, wide" in told
    assert "rules that never decide: idle." in told
    assert "and that are referred: 8.\n    q1=yes q2=yes q3=yes category=other course=executive_education" in told
    assert "and 3 more" in told
    assert "no-course (refer) and wide (permit): 108, such as q1=yes" in told
    assert told.endswith("It is not sound, and cannot be activated.\n")


def test_a_misspelt_word_and_a_missing_file_are_said_with_their_path(capsys, tmp_path):
    wrong = tmp_path / "2.toml"
    wrong.write_text(SHIPPED.read_text().replace('effect = "deny"', 'effect = "dney"', 1))
    assert main(["policy", "check", str(wrong)]) == 1
    told = capsys.readouterr().out
    assert f"{wrong}: rule not-for-current-students: 'dney' is none of deny, permit, refer.\n" in told
    assert told.endswith("It cannot be activated.\n")
    assert main(["policy", "check", str(tmp_path / "none.toml")]) == 1
    assert "none.toml cannot be read" in capsys.readouterr().out


@pytest.mark.slow
def test_a_version_is_tried_activated_once_and_listed(db, capsys, tmp_path):
    assert main(["policy", "list"]) == 0
    assert capsys.readouterr().out == "No version was activated yet.\n"
    assert main(["policy", "dry-run", str(SHIPPED)]) == 0
    told = "acceptable-use@1: 0 recordings (0.0 hours) judged, 0 recordings (0.0 hours) would change."
    assert told in capsys.readouterr().out
    assert main(["policy", "activate", str(SHIPPED), "--why", "the first"]) == 0
    assert "acceptable-use@1 is active" in capsys.readouterr().out
    assert main(["policy", "activate", str(SHIPPED), "--why", "again"]) == 1
    assert "Version 1 is active already" in capsys.readouterr().err
    assert main(["policy", "list"]) == 0
    assert "by an operator: the first" in capsys.readouterr().out
