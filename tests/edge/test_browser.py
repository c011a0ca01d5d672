"""Whose sign-in a request brings, and whether a page of ours sent it."""

from cathedra.edge import browser

SITE = "https://lectures.example.org"


def test_the_sign_in_is_read_out_of_the_cookies_plainly():
    cases = {
        "cathedra_session=abc123": "abc123",
        'a=b; cathedra_session="abc"; c=d': "abc",
        "": "",
        "cathedra_session=": "",
        "cathedra_session=a%00b": "",
        "cathedra_session=" + "x" * 129: "",
        "not_cathedra_session=abc": "",
        "cathedra_session=é": "",
    }
    for cookie, key in cases.items():
        assert browser.session_key({"cookie": cookie}) == key, cookie
    assert browser.session_key({}) == ""
    assert browser.headers({"headers": [(b"Cookie", b"a=1")]}) == {"cookie": "a=1"}


def test_a_page_of_another_site_is_foreign():
    cases = [
        ({}, False),
        ({"origin": SITE}, False),
        ({"origin": "http://localhost:8000", "host": "localhost:8000"}, False),
        ({"origin": "https://localhost:8000", "host": "localhost:8000"}, True),
        ({"origin": "https://localhost:8000", "host": "localhost:8000", "x-forwarded-proto": "https"}, False),
        ({"origin": "https://evil.example"}, True),
        ({"origin": "null"}, True),
        ({"origin": SITE, "sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
        ({"sec-fetch-site": "none"}, False),
    ]
    for headers, is_foreign in cases:
        assert browser.is_foreign(headers, SITE) is is_foreign, headers
