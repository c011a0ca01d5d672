"""The printed configuration is the one that is used."""

import re

import pytest

from cathedra.adapters import nginx
from cathedra.cli.main import main


def test_the_example_depends_on_no_machine(capsys):
    assert main(["nginx-config", "--example"]) == 0
    text = capsys.readouterr().out
    assert "lectures.example.org" in text
    assert set(re.findall(r"(/\w+/\w+/[\w/]+)/run/front", text)) == {"/var/lib/cathedra/main"}


@pytest.mark.slow
def test_what_is_printed_is_what_runs(running):
    running_text = (running.data_dir / "run/nginx/nginx.conf").read_text()
    layout = nginx.Layout(
        user=re.search(r"(?m)^user (\S+);", running_text)[1] if "\nuser " in running_text else "",
        has_slice=nginx.find_program().has_slice,
        workers=int(re.search(r"worker_processes (\d+)", running_text)[1]),
        resolvers=nginx.resolvers(),
    )
    assert nginx.render(running.config, layout) == running_text
