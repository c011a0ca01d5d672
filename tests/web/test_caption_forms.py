"""What is filled in on the pages of captions (R209)."""

from django.core.files.uploadedfile import SimpleUploadedFile

from cathedra.domain.library import CaptionTimes
from cathedra.web.caption_forms import Language, Upload


def upload(given, **about) -> Upload:
    return Upload({"language": "en", **given}, {"file": SimpleUploadedFile("a.srt", b"1")}, **about)


def test_which_times_a_file_has_is_asked_only_where_there_are_two_and_then_has_to_be_said():
    plain = upload({})
    assert plain.is_valid()
    assert plain.said_times is None
    assert not upload({}, is_cut=True).is_valid()
    cut = upload({"times": "edited"}, is_cut=True)
    assert cut.is_valid()
    assert cut.said_times is CaptionTimes.EDITED
    assert [name for name in cut.fields] == ["file", "language", "times", "replaces"]


def test_a_language_is_one_of_the_list_or_one_that_the_recording_has():
    assert Language({"language": "cy"}).is_valid()
    assert not Language({"language": "sr-ME"}).is_valid()
    assert Language({"language": "sr-ME"}, known=("sr-ME",)).is_valid()
    names = [name for _, name in Language().fields["language"].choices]
    assert names == sorted(names, key=str.casefold)
    assert {"Welsh (Cymraeg)", "Latin", "English"} <= set(names)
