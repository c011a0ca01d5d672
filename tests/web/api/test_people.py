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


def test_r228_class_34_the_picker_names_people_to_those_who_share_and_tells_no_address(cast):
    answer = client(cast.alice).get("/api/principals", {"q": "part"})
    assert [(row["key"], row["is_group"]) for row in answer.json()["rows"]] == [("Part IA students", True)]
    assert set(client(cast.alice).get("/api/principals", {"q": "ben"}).json()["rows"][0]) == {
        "id", "key", "name", "is_group", "member_count",
    }  # fmt: skip
    refused = client(cast.ben).get("/api/principals", {"q": "alice"})
    assert (refused.status_code, refused.json()["code"]) == (404, "NO_PERMISSION")
    assert client(cast.alice).get("/api/principals").status_code == 422
