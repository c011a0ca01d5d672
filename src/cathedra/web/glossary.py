"""The page of captions in a folder: words of its course to expect (R209), whether automatic ones are shown (R208)."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cathedra.actions import captions as actions
from cathedra.db.reads import captions as reads
from cathedra.db.reads import library as library_reads
from cathedra.domain.access import Action
from cathedra.domain.terms import FolderId
from cathedra.web import actor, refusals
from cathedra.web.access.door import for_folder


class Words(forms.Form):
    """The words of a course."""

    words = forms.CharField(
        label=gettext_lazy("Words and names"),
        required=False,
        max_length=20_000,
        help_text=gettext_lazy("One in a line: terms, names of people, abbreviations. 200 at most."),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
    )


class Showing(forms.Form):
    """Whether viewers are shown automatic captions."""

    SAYS = {"follow": None, "yes": True, "no": False}
    shows = forms.ChoiceField(
        label=gettext_lazy("Automatic captions are shown to viewers"),
        choices=[
            ("follow", gettext_lazy("As the folder above, or the site")),
            ("yes", gettext_lazy("Yes, and they are called automatic")),
            ("no", gettext_lazy("No, they serve the search only")),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_folder(Action.EDIT_FOLDER)
def glossary(request: HttpRequest, wanted: FolderId) -> HttpResponse:
    """The words of the folder's course."""
    found = reads.course_words(wanted)
    form = Words(request.POST or None, initial={"words": "\n".join(found.words)})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"].splitlines()
        decision = actions.save_glossary(wanted, words=words, actor=actor.from_request(request), now=timezone.now())
        if decision.is_permitted:
            messages.success(request, _("Saved. The words count from the next time that a recording is listened to."))
            return redirect("glossary", wanted)
        form.add_error(None, refusals.sentence(decision.reasons[0]))
    folder = library_reads.get_folder(actor.account_id(request), wanted)
    own = reads.shown_in(wanted).own
    showing = Showing(initial={"shows": next(word for word, said in Showing.SAYS.items() if said is own)})
    context = {"form": form, "folder": folder, "course": found, "showing": showing}
    return render(request, "captions/glossary.html", context, status=422 if form.errors else 200)


@require_POST
@for_folder(Action.EDIT_FOLDER)
def show_automatic(request: HttpRequest, wanted: FolderId) -> HttpResponse:
    """Say whether the folder's viewers are shown automatic captions."""
    form = Showing(request.POST)
    if form.is_valid():
        says = Showing.SAYS[form.cleaned_data["shows"]]
        actions.set_folder_captions(wanted, says, actor=actor.from_request(request), now=timezone.now())
        messages.success(request, _("Saved. It counts from now on."))
    else:
        messages.error(request, _("Choose whether they are shown."))
    return redirect("glossary", wanted)
