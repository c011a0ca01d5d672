"""`cathedra` itself: what it lists, how it refuses."""

import subprocess
import sys
from pathlib import Path

import pytest

from cathedra import __version__
from cathedra.cli import main


def test_every_command_has_its_module_and_a_purpose():
    folder = Path(main.__file__).parent
    assert {command.module for command in main.COMMANDS.values()} <= {path.stem for path in folder.glob("*.py")}
    assert all(command.purpose for command in main.COMMANDS.values())


def test_the_version_and_the_commands_are_told(capsys):
    for words, expected in ((["--version"], __version__), (["--help"], "nginx-config")):
        with pytest.raises(SystemExit):
            main.main(words)
        assert expected in capsys.readouterr().out


def test_an_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as left:
        main.main(["fly"])
    assert left.value.code == 2
    assert "fly" in capsys.readouterr().err


@pytest.mark.slow
def test_a_wrong_setting_is_one_sentence_and_no_traceback(tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "cathedra.cli", "up"],
        env={"CATHEDRA_DATA_DIR": str(tmp_path), "CATHEDRA_SITE_PORT": "many"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert told.stderr == "cathedra: CATHEDRA_SITE_PORT is 'many'; it must be int.\n"
