"""The page that deletes a folder, and its line in the bin (R138, R140)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cathedra.db.models import FolderBin, Hold
from tests.actions.retention.archives import keeping, kept, stores
from tests.lectures import lecture
from tests.web.browsing import client, text


@pytest.mark.slow
def test_r138_the_page_says_what_goes_what_stands_in_the_way_and_the_bin_gives_it_back(cast):
    made = kept(cast, stores(), timezone.now() - timedelta(days=1))
    alice, ben, address = client(cast.alice), client(cast.ben), f"/folders/{cast.chemistry}/delete/"
    assert f'href="{address}"' in text(alice.get(f"/folders/{cast.chemistry}/"))
    assert f'href="{address}"' not in text(ben.get(f"/folders/{cast.chemistry}/"))
    assert ben.get(address).status_code == ben.post(address).status_code == 404
    hold = Hold.objects.create(recording_id=made, kind="legal", opened_at=timezone.now())
    page = text(alice.get(address))
    assert "It cannot be deleted because of 1 recording in it." in page
    assert "Nothing was deleted." in page
    assert "goes to the bin" not in page
    assert "It is on hold." in page
    assert "Put the folder into the bin" not in page
    assert alice.post(address).status_code == 409
    hold.delete()
    assert "1 recording, under 0.1 hours." in text(alice.get(address))
    assert alice.post(address)["Location"] == "/bin/"
    assert (keeping(made), alice.get(f"/folders/{cast.chemistry}/").status_code) == ("RECYCLED", 404)
    shown = text(alice.get("/bin/"))
    assert "Its folder is in the bin with it." in shown
    assert "Take it out whole" in shown
    back = f"/bin/folders/{FolderBin.objects.get().id}/take-back/"
    assert ben.post(back).status_code == 404
    assert alice.post(back)["Location"] == "/bin/"
    assert (keeping(made), alice.get(f"/folders/{cast.chemistry}/").status_code) == ("ONLINE", 200)
    # R140: whose copies play what goes, and the copy's own way out
    assert alice.post(f"/recordings/{made}/make-full/").status_code == 409
    assert ben.post(f"/recordings/{made}/make-full/").status_code == 404
    copy = lecture(
        cast.chemistry, cast.alice, now=timezone.now(), title="Copy", origin="reference_copy", reference_of_id=made
    )
    assert "Make this copy full" not in text(alice.get(f"/recordings/{copy}/"))
    assert "Part IA (1)" in text(alice.get(f"/recordings/{made}/keeping/"))
    assert alice.post(f"/recordings/{made}/recycle/")["Location"] == "/bin/"
    shown = text(alice.get(f"/recordings/{copy}/"))
    assert "The original was deleted" in shown
    assert "Make this copy full" in shown
    assert ben.get(f"/recordings/{copy}/").status_code == 410
    assert alice.post(f"/recordings/{copy}/make-full/")["Location"] == f"/recordings/{copy}/"
