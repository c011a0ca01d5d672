"""What people are told of captions."""

import pytest

from cathedra.domain.library import CaptionOrigin
from cathedra.web import captioning
from tests.actions.captions.talks import talk
from tests.fakes.speech import ScriptedListener


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "English"), ("cy", "Cymraeg"), ("en-GB", "British English"), ("de-CH", "Deutsch (de-CH)"), ("tlh", "tlh")],
)
def test_languages_are_called_as_their_readers_call_them(language, name):
    assert captioning.language_name(language) == name
    assert captioning.label(language, CaptionOrigin.AUTOMATIC) == f"{name} (automatic)"
    assert captioning.label(language, CaptionOrigin.EDITED) == name


def test_a_site_may_keep_automatic_captions_for_the_search_r208(cast, now):
    made = talk(cast, now)
    made.transcribe(ScriptedListener())
    made.upload(cast.alice, language="fr")

    def languages(**options):
        return [line.row.language for line in captioning.seen(made.id, **options).lines]

    assert languages(can_edit=False, shows_automatic=True) == ["en", "fr"]
    assert languages(can_edit=False, shows_automatic=False) == ["fr"]
    assert languages(can_edit=True, shows_automatic=False) == ["en", "fr"]
