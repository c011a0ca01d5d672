"""Before anything is served: tables, static files, the first person's code; many times over, with one result."""

import pytest
from django.core.management import call_command

from cathedra import wiring
from cathedra.cli.main import main
from cathedra.db.models import AuditEvent, TermsVersion
from cathedra.db.writes import people
from cathedra.domain.people import SystemRole

pytestmark = pytest.mark.slow


def test_it_may_run_again_and_again_and_offers_the_code_while_nobody_administers(transactional_db):
    code = wiring.first_run_code(wiring.configuration())
    code.forget()
    assert main(["prepare"]) == 0
    made = code.read()
    assert made
    assert main(["prepare"]) == 0
    assert code.read() == made
    assert (wiring.configuration().data_dir / "static").is_dir()


def test_a_first_start_publishes_the_shipped_documents_and_a_second_nothing_r9_r15(transactional_db):
    assert main(["prepare"]) == 0
    assert sorted(TermsVersion.objects.values_list("document", "version")) == [("aup", 1), ("eula", 1)]
    assert main(["prepare"]) == 0
    assert TermsVersion.objects.count() == 2


def test_the_settings_are_on_the_audit_trail_once_until_they_change_r223(transactional_db):
    assert main(["prepare"]) == 0
    assert main(["prepare"]) == 0
    event = AuditEvent.objects.get(action="settings:change")
    assert (event.channel, event.after["site.timezone"]) == ("CLI", wiring.configuration().site.timezone)


def test_the_code_is_gone_once_somebody_administers(transactional_db, cast):
    code = wiring.first_run_code(wiring.configuration())
    code.make()
    people.give_system_role(cast.dev, SystemRole.SYS_ADMIN, reason="for this test", now=cast.now)
    assert main(["prepare"]) == 0
    assert code.read() is None


def test_missing_migrations_are_told_by_the_status(transactional_db):
    assert main(["prepare", "--check"]) == 0
    call_command("migrate", "mfa", "zero", verbosity=0)
    try:
        with pytest.raises(SystemExit) as left:
            main(["prepare", "--check"])
        assert left.value.code == 1
    finally:
        call_command("migrate", "mfa", verbosity=0)
