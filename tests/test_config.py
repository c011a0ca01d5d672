"""The configuration: where values come from, and that what cannot work is refused with a sentence."""

import json
import stat
from pathlib import Path

import pytest

from cathedra import config
from cathedra.adapters import policy_files
from cathedra.config import WrongConfiguration, _reading


def load(tmp_path: Path, text: str = "", **environment: str) -> config.Config:
    if text:
        (tmp_path / "cathedra.toml").write_text(text)
    return config.load(tmp_path, environment)


def test_without_anything_there_is_a_whole_configuration(tmp_path):
    found = load(tmp_path)
    assert found.site.url == "http://127.0.0.1:8080"
    assert found.is_database_embedded
    assert found.database_url == f"postgresql://cathedra@/cathedra?host={tmp_path}/run/pg"
    assert len(found.secret_key) >= 60
    assert {found.media_dir.parent, found.incoming_dir.parent, found.work_dir.parent} == {tmp_path}


# Section 24 of the rules line by line, but for facility.guest_cap: no guests are let into facilities yet.
SECTION_24 = {
    "site.timezone": "Europe/London",
    "licence.year_start": "09-01",
    "licence.recorded_hours": 0,  # 0: meters shown, no limit
    "licence.stored_hours": 0,
    "meter.archived_licensed_hours": 0,
    "limit.mode": "protect_teaching",
    "retention.archive_date": "09-01",
    "retention.delete_date": "08-31",
    "retention.profile": "calendar",
    "retention.plan_tolerance_percent": 5,
    "retention.tombstone_years": 3,
    "bin.days": 90,
    "restore.min_role": "viewer",
    "restore.max_hours": 48,
    "approval.allow_self": True,
    "approval.reapprove_on_media_edit": False,
    "approval.allow_webcast": False,
    "sharing.max_level": "organisation",
    "downloads.default": "creators",
    "import.decide_days": 30,
    "upload.finish_hours": 12,
    "schedule.max_hours": 8,
    "retention.assessment_keep_months": 12,  # assessment.keep_until: academic year end + 12 months
    "audit.years": 7,
    "api.per_second": 5,
    "api.per_minute": 100,
    "api.per_hour": 5000,
}
SECTION_24_IN_POLICIES = {
    ("acceptable-use/1", "contact"): "lecturecapturehelp@uis.cam.ac.uk",
    ("acceptable-use/1", "grace_days"): 28,
    ("acceptable-use/1", "exec_ed_counts_for_q1"): True,
    ("access-grants", "default_days"): 7,
    ("access-grants", "max_days"): 30,
}


@pytest.mark.parametrize("key", SECTION_24)
def test_the_default_of_each_key_is_that_of_section_24(tmp_path, key):
    section, _, name = key.partition(".")
    found = load(tmp_path)
    assert getattr(getattr(found, "import_" if section == "import" else section), name) == SECTION_24[key]


@pytest.mark.parametrize(("file", "name"), SECTION_24_IN_POLICIES)
def test_what_section_24_leaves_to_policies_has_its_default_in_their_files(file, name):
    assert policy_files.read(file)[name] == SECTION_24_IN_POLICIES[file, name]


def test_the_environment_wins_over_the_file(tmp_path):
    text = '[site]\nport = 8081\nname = "File"\n[mail]\nsecurity = "starttls"\n'
    found = load(tmp_path, text, CATHEDRA_SITE_PORT="8082")
    assert (found.site.port, found.site.name, found.mail.security) == (8082, "File", "starttls")


def test_the_file_may_stand_elsewhere_but_then_it_must_be_there(tmp_path):
    other = tmp_path / "other.toml"
    other.write_text('[site]\nname = "Other"\n')
    assert load(tmp_path, CATHEDRA_CONFIG=str(other)).site.name == "Other"
    with pytest.raises(WrongConfiguration, match="does not exist"):
        load(tmp_path, CATHEDRA_CONFIG=str(tmp_path / "none.toml"))


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "password").write_text("hunter2\n")
    assert load(tmp_path, CATHEDRA_MAIL_PASSWORD_FILE=str(tmp_path / "password")).mail.password == "hunter2"
    with pytest.raises(WrongConfiguration, match="CATHEDRA_MAIL_PASSWORD_FILE"):
        load(tmp_path, CATHEDRA_MAIL_PASSWORD_FILE=str(tmp_path / "none"))


def test_database_url_is_understood_and_the_longer_name_wins(tmp_path):
    found = load(tmp_path, DATABASE_URL="postgresql://a/b")
    assert (found.database_url, found.is_database_embedded) == ("postgresql://a/b", False)
    assert load(tmp_path, DATABASE_URL="x", CATHEDRA_DATABASE_URL="postgresql://c/d").database_url == "postgresql://c/d"


def test_class_22_the_secret_is_made_once_and_closed_to_others(tmp_path):
    first, second = load(tmp_path), load(tmp_path)
    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret_key"]
    assert load(tmp_path / "other").secret_key != first.secret_key
    assert load(tmp_path, CATHEDRA_SECRET_KEY="given").secret_key == "given"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[site\n", "is not valid TOML"),
        ("[sight]\n", r"\[sight\] is not a section. Sections are: site, "),
        ("[site]\nprot = 1\n", "site.prot is not a setting"),
        ('[site]\nport = "x"\n', "it must be int"),
        ('[site]\ntimezone = "Europe/Nowhere"\n', "there is no time zone"),
        ('[site]\npublic_url = "lectures.example.org"\n', "must begin with http"),
        ('[site]\nhost = "0.0.0.0"\n', "say in site.public_url which address people type"),
        ('[storage]\nkind = "tape"\n', "it must be one of local, s3"),
        ('[storage]\nkind = "s3"\n', "give storage.s3_endpoint and storage.s3_bucket too"),
        ("[playback]\nauthorise_cache_seconds = 9\n", "withdrawn rights bite within 5 s"),
        ('[mail]\nsecurity = "perhaps"\n', "it must be one of off, starttls, tls"),
        ('[mail]\nhost = "mail.example.org"\nuser = "x"\n', "the password would go over the net as it is"),
        ("[mail]\ntimeout_seconds = 0\n", "must be 1 to 60"),
        ("[schedule]\nmax_hours = 25\n", "must be 1 to 24"),
        ('[mail]\nsender = "Lectures <a@example.org>"\n', "it must be an address alone"),
        ('[mail]\nbounce_address = "a@example.org\\nBcc: b@example.org"\n', "it must be an address alone"),
        ('[licence]\nyear_start = "9-1"\n', "month and a day, as 09-01"),
        ('[licence]\nyear_start = "02-30"\n', "month and a day, as 09-01"),
        ('[retention]\nfolder_profiles = "x=age"\n', "it must be a folder's id=calendar"),
        ("[meter]\narchived_licensed_hours = -1\n", "hours are nought or more"),
    ],
)
def test_what_cannot_work_is_refused_in_words(tmp_path, text, says):
    with pytest.raises(WrongConfiguration, match=says):
        load(tmp_path, text)


def test_a_yes_or_no_is_one_of_the_words_for_it():
    assert [_reading._parse("x", word, bool) for word in ("true", "No", True)] == [True, False, True]
    with pytest.raises(WrongConfiguration, match="it must be true or false"):
        _reading._parse("x", "perhaps", bool)


def test_children_read_what_their_parent_was_told(tmp_path):
    from dataclasses import replace

    found = load(tmp_path)
    found = replace(found, site=replace(found.site, port=9999))
    environment = config.for_children(found)
    environment.pop("CATHEDRA_CONFIG", None)
    again = config.load(Path(environment["CATHEDRA_DATA_DIR"]), environment)
    assert (again.site.port, again.data_dir) == (9999, tmp_path)


def test_people_are_told_a_name_because_a_passkey_belongs_to_a_name():
    assert config.Site(port=8123).shown_url == "http://localhost:8123"
    assert config.Site(public_url="https://lectures.example.ac.uk").shown_url == "https://lectures.example.ac.uk"


def test_a_data_folder_that_cannot_be_is_told_with_what_to_do():
    with pytest.raises(WrongConfiguration, match=r"/proc/cathedra cannot be used: .*set CATHEDRA_DATA_DIR"):
        load(Path("/proc/cathedra"))


def test_what_is_kept_of_the_settings_holds_each_of_them_and_no_secret_r223(tmp_path):
    given = {"CATHEDRA_MAIL_PASSWORD": "hunter2", "DATABASE_URL": "postgresql://a:b@c/d", "CATHEDRA_MAIL_HOST": "mx"}
    kept = config.told(config.load(tmp_path, given))
    assert (kept["mail.host"], kept["import.decide_days"], kept["sharing.max_level"]) == ("mx", 30, "organisation")
    assert not {"mail.password", "database.url", "storage.s3_secret_key", "storage.s3_access_key"} & set(kept)
    assert not {"hunter2", "postgresql://a:b@c/d"} & set(map(str, kept.values()))
    assert json.loads(json.dumps(kept)) == kept
