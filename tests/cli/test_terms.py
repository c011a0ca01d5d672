"""`cathedra terms`: what is published and what could be; publish by name or from a file."""

from cathedra.cli.main import main
from cathedra.db.models import AuditEvent, TermsVersion


def test_versions_are_listed_and_published_by_name_and_from_a_file_r11(db, capsys, tmp_path):
    assert main(["terms", "list"]) == 0
    assert "eula-1  not published: Terms of use" in capsys.readouterr().out
    assert main(["terms", "publish", "eula-1"]) == 0
    assert "Terms of use, version 1, is published" in capsys.readouterr().out
    path = tmp_path / "own.toml"
    path.write_text(
        'document = "eula"\nversion = 4\ndate = 2026-10-01\ntitle = "Our terms"\nrequires_reacceptance = false\n'
        'changes = ""\ntext = "Be kind."\n'
    )
    assert main(["terms", "publish", str(path)]) == 0
    assert main(["terms", "list"]) == 0
    listed = capsys.readouterr().out
    assert "eula-4  published" in listed
    assert "accepted by 0: Our terms" in listed
    assert AuditEvent.objects.filter(action="terms:publish", channel="CLI").count() == 2
    assert [row.is_required for row in TermsVersion.objects.order_by("version")] == [True, False]
    for wrong, says in (
        ("eula-1", "Version 4 is published already"),
        ("eula-9", "There is no version eula-9"),
        (str(tmp_path / "none.toml"), "cannot be read"),
    ):
        assert main(["terms", "publish", wrong]) == 1
        assert says in capsys.readouterr().err
    path.write_text(path.read_text().replace("version = 4", "versoin = 4"))
    assert main(["terms", "publish", str(path)]) == 1
    assert "missing or unknown: version, versoin" in capsys.readouterr().err
