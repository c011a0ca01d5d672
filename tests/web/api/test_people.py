"""Who I am."""

from tests.web.browsing import client


def test_me_is_the_account_that_is_signed_in(cast):
    assert client(cast.dev).get("/api/me").json() == {
        "id": str(cast.dev),
        "login_name": "dev",
        "full_name": "Dev",
        "affiliation": "university_staff",
        "account_types": ["Viewer"],
        "system_roles": ["service_admin"],
    }
