"""Whether what is handed in counts for a mark, on the page of an assignment folder (R129)."""

from cathedra.db.models import Folder
from tests.web.browsing import client, text


def test_r129_the_page_of_an_assignment_folder_has_the_mark_and_no_other_page_has(cast):
    alice, page = client(cast.alice), f"/folders/{cast.chemistry}/access/"
    assert "Assessed work" not in text(alice.get(page))
    refused = text(alice.post(f"{page}summative/", {"summative": "yes"}, follow=True))
    assert "this is no assignment folder" in refused
    Folder.objects.filter(id=cast.chemistry).update(kind="assignment")
    shown = text(alice.get(page))
    assert "does not count for a mark" in shown
    marked = text(alice.post(f"{page}summative/", {"summative": "yes"}, follow=True))
    for said in ("Saved.", "What is handed in here counts for a mark.", '<option value="yes" selected>'):
        assert said in marked, said
    for wrong in ({}, {"summative": "perhaps"}):
        assert "Choose whether" in text(alice.post(f"{page}summative/", wrong, follow=True))
    assert Folder.objects.get(id=cast.chemistry).is_summative
    alice.post(f"{page}summative/", {"summative": "no"})
    assert not Folder.objects.get(id=cast.chemistry).is_summative
    assert client(cast.ben).post(f"{page}summative/", {"summative": "yes"}).status_code == 404
