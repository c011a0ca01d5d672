"""What people fill in on the pages of captions (R209)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cathedra.domain.library import CaptionTimes
from cathedra.web import captioning

TIMES = (
    (CaptionTimes.EDITED.value, gettext_lazy("As viewers see it, without what is cut")),
    (CaptionTimes.UNCUT.value, gettext_lazy("Of the uncut recording")),
)


class Language(forms.Form):
    """Which language. `known`: those that the recording has, which may be none of the list."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), initial="en")

    def __init__(self, *args: Any, known: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["language"].choices = captioning.languages(known)  # type: ignore[attr-defined]  # a field of our own form; the stubs know the base only


class Upload(Language):
    """A file of captions. `is_cut`: it has to be said which times it has."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("WebVTT (.vtt) or SubRip (.srt), in UTF-8."),
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt,text/vtt"}),
    )
    times = forms.ChoiceField(
        label=gettext_lazy("Times in the file"),
        help_text=gettext_lazy("Parts of this recording are cut, so a file fits one of two timelines."),
        choices=[("", gettext_lazy("Choose")), *TIMES],
    )
    replaces = forms.BooleanField(
        label=gettext_lazy("Replace the captions that there are in this language"), required=False
    )
    field_order = ("file", "language", "times", "replaces")

    def __init__(self, *args: Any, is_cut: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not is_cut:
            del self.fields["times"]

    @property
    def said_times(self) -> CaptionTimes | None:
        """None where there is one timeline."""
        given = self.cleaned_data.get("times")
        return CaptionTimes(given) if given else None


class Rewording(forms.Form):
    """Find and replace, without a script."""

    find = forms.CharField(label=gettext_lazy("Find"), max_length=200)
    instead = forms.CharField(label=gettext_lazy("Replace with"), max_length=200, required=False)
    keeps_case = forms.BooleanField(label=gettext_lazy("Only with the same capital letters"), required=False)
    whole_words = forms.BooleanField(label=gettext_lazy("Only whole words"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
