"""The one-time code: closed to others, easy to type, made once."""

import re
import stat

from cathedra.adapters.first_run import FirstRunCode


def test_the_code_is_kept_closed_and_stays_the_same(tmp_path):
    code = FirstRunCode(tmp_path / "code")
    made = code.make()
    assert re.fullmatch(r"([A-HJ-NP-Z2-9]{5}-){3}[A-HJ-NP-Z2-9]{5}", made)
    assert stat.S_IMODE((tmp_path / "code").stat().st_mode) == 0o600
    assert code.make() == code.read() == made


def test_case_spaces_and_dashes_do_not_matter_but_every_letter_does(tmp_path):
    code = FirstRunCode(tmp_path / "code")
    made = code.make()
    assert code.matches(made.lower().replace("-", " "))
    assert not code.matches(made[:-1])
    assert not code.matches("")
    assert not code.matches("é" * 20)


def test_a_used_code_and_no_code_match_nothing(tmp_path):
    code = FirstRunCode(tmp_path / "code")
    made = code.make()
    code.forget()
    code.forget()
    assert code.read() is None
    assert not code.matches(made)
    (tmp_path / "code").write_text("")
    assert not code.matches("")
