"""What is said, shown and searched in a recording, and how it is cut. All times are on the unedited timeline."""

import uuid

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from cathedra.db.models.fields import is_word, word
from cathedra.domain.library import AnalysisKind, AnalysisState, CaptionOrigin, MarkOrigin


class Analysis(models.Model):
    """How far a recording has been listened to, or looked at; one row of each kind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    kind = word(AnalysisKind)
    state = word(AnalysisState, default=AnalysisState.WAITING)
    engine = models.TextField(blank=True, help_text="what did it, with its version and model")
    percent = models.SmallIntegerField(null=True, blank=True)
    problem = models.TextField(blank=True, help_text="the sentence for the Creator when FAILED or OFF")
    problem_values = models.JSONField(default=dict)
    attempt = models.UUIDField(null=True, blank=True, help_text="the attempt that may write results")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            is_word("kind", AnalysisKind, "analysis_kind"),
            is_word("state", AnalysisState, "analysis_state"),
            models.UniqueConstraint(fields=("recording", "kind"), name="analysis_once"),
            models.CheckConstraint(condition=~Q(state="FAILED") | ~Q(problem=""), name="analysis_failed_says_why"),
        ]


class CaptionTrack(models.Model):
    """Captions of a recording in one language (R208 to R210)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    language = models.TextField(help_text="BCP 47")
    origin = word(CaptionOrigin)
    cues = models.JSONField(help_text="[[start_ms, end_ms, text, [[start_ms, end_ms, text, confidence], ...]], ...]")
    is_spoken = models.BooleanField(default=True, help_text="the language that is spoken, not a translation")
    engine = models.TextField(blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            is_word("origin", CaptionOrigin, "caption_origin"),
            models.UniqueConstraint(fields=("recording", "language"), name="caption_language_once"),
            models.CheckConstraint(
                condition=Q(language__regex=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"), name="caption_language_bcp47"
            ),
        ]


class Glossary(models.Model):
    """Words of a course that the engine is told to expect (R209)."""

    course = models.OneToOneField("Course", on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")


class CaptionPolicy(models.Model):
    """Whether a folder, and what is in it, shows automatic captions; without a row as the one above, or the site (R208)."""

    folder = models.OneToOneField("Folder", on_delete=models.CASCADE, primary_key=True, related_name="+")
    shows_automatic = models.BooleanField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")


class Slide(models.Model):
    """A slide as it was shown, from its first to before its last instant; builds of one slide are one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    stream = models.ForeignKey("Stream", on_delete=models.CASCADE, related_name="+")
    position = models.IntegerField(help_text="from 0 in the order of time")
    start_ms = models.BigIntegerField()
    end_ms = models.BigIntegerField()
    image = models.TextField(help_text="name of its picture among the recording's files")
    text = models.TextField(blank=True, help_text="as read from the picture, or from the page of the deck")
    title = models.TextField(blank=True)
    confidence = models.FloatField(null=True, blank=True, help_text="of the reading, 0 to 1")
    page = models.IntegerField(null=True, blank=True, help_text="of the attached deck, from 1")
    read_text = models.TextField(blank=True, default="", help_text="as read from the picture, whatever the deck says")
    read_title = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("recording", "position"), name="slide_position_once"),
            models.CheckConstraint(condition=Q(end_ms__gt=F("start_ms")), name="slide_lasts"),
        ]


class SlideDeck(models.Model):
    """The file that was shown, attached by a Creator: PDF or PPTX."""

    recording = models.OneToOneField("Recording", on_delete=models.CASCADE, primary_key=True, related_name="+")
    original_name = models.TextField()
    object_key = models.TextField()
    size_bytes = models.BigIntegerField()
    sha256 = models.TextField()
    pages = models.JSONField(default=list, help_text="text of each page")
    problem = models.TextField(blank=True, help_text="the sentence when it could not be read (R59)")
    problem_values = models.JSONField(default=dict)
    refused_name = models.TextField(blank=True, db_default="", help_text="of the later file that has the problem")
    earlier = models.JSONField(null=True, blank=True, help_text="what is in use until this one has been read")
    added_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()


class AudioDescription(models.Model):
    """A second sound of a recording that also says what is shown (R212), and what was made of it to be played: nothing
    while `codecs` is empty."""

    recording = models.OneToOneField("Recording", on_delete=models.CASCADE, primary_key=True, related_name="+")
    language = models.TextField(help_text="BCP 47")
    original_name = models.TextField()
    object_key = models.TextField()
    size_bytes = models.BigIntegerField()
    sha256 = models.TextField()
    added_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    attempt = models.UUIDField(null=True, blank=True, help_text="the attempt that may write results")
    percent = models.SmallIntegerField(null=True, blank=True)
    problem = models.TextField(blank=True, help_text="the sentence when it could not be used (R59)")
    problem_values = models.JSONField(default=dict)
    name = models.TextField(help_text="the stem of the files that are made of it")
    codecs = models.TextField(blank=True, help_text="RFC 6381, for CODECS")
    peak_bps = models.BigIntegerField(default=0)
    average_bps = models.BigIntegerField(default=0)
    made_bytes = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(language=""), name="audio_description_language")]


class Chapter(models.Model):
    """Where a part begins. Once a person has changed any, all are theirs and no analysis sets them anew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    start_ms = models.BigIntegerField()
    title = models.TextField()
    origin = word(MarkOrigin)

    class Meta:
        constraints = [
            is_word("origin", MarkOrigin, "chapter_origin"),
            models.CheckConstraint(condition=~Q(title=""), name="chapter_titled"),
            models.UniqueConstraint(fields=("recording", "start_ms"), name="chapter_place_once"),
        ]


class ChapterList(models.Model):
    """That a person has set the chapters of a recording, even to none: no analysis sets them any more."""

    recording = models.OneToOneField("Recording", on_delete=models.CASCADE, primary_key=True, related_name="+")
    changed_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()


class Edit(models.Model):
    """One version of the list of cuts; the highest counts, none is ever removed, so every version can be gone back to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    version = models.IntegerField()
    cuts = models.JSONField(default=list, help_text="[[start_ms, end_ms], ...]")
    looks = models.JSONField(default=list, help_text="[[start_ms, layout], ...]: which streams show when")
    made_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    shown_at = models.DateTimeField(
        null=True, blank=True, help_text="since when viewers have it; the highest shown counts"
    )
    is_made = models.BooleanField(default=False, help_text="its playlists and edges are in place")
    form = models.IntegerField(default=0, help_text="what its files were made like; of another form they are made anew")
    problem = models.TextField(blank=True, help_text="the sentence when its edges could not be encoded")
    file_key = models.TextField(
        blank=True, help_text="where the object store keeps it as one file, once asked for (R204)"
    )
    file_bytes = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("recording", "version"), name="edit_version_once")]


class Saving(models.Model):
    """A recording is saved anew without what is cut (R103): from when somebody asked to when the new one plays and the
    original lies in the bin, or could not be made. Until then the new one is nobody's to watch."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    original = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    recording = models.OneToOneField(
        "Recording", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="the new one; none when it could not be made",
    )  # fmt: skip
    version = models.IntegerField(help_text="of the list of cuts")
    asked_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    problem = models.TextField(blank=True, help_text="the sentence when it could not be made")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("original",), condition=Q(ended_at__isnull=True), name="saving_open_once"),
            models.CheckConstraint(condition=Q(problem="") | Q(ended_at__isnull=False), name="saving_problem_ends_it"),
        ]


class Note(models.Model):
    """What a viewer wrote at an instant (R218)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    at_ms = models.BigIntegerField()
    text = models.TextField()
    is_public = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]
        indexes = [
            models.Index(fields=("recording", "account", "at_ms"), name="note_in_recording"),
            GinIndex(SearchVector("text", config="cathedra"), name="note_words"),  # never in the shared document
        ]


class Bookmark(models.Model):
    """An instant that a viewer wants to find again; nobody else sees it (R218)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey("Account", on_delete=models.CASCADE, related_name="+")
    at_ms = models.BigIntegerField()
    title = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("account", "recording", "at_ms"), name="bookmark_once")]


class SearchDocument(models.Model):
    """What a recording is found by. `content_version` is the recording's when this was made: less means it lags. Narrow on
    purpose: a common word must not unpack every vector. Where it is and when it was recorded stand here so that the index
    alone finds the newest that somebody may reach; the access rule decides about each of those."""

    recording = models.OneToOneField("Recording", on_delete=models.CASCADE, primary_key=True, related_name="+")
    content_version = models.IntegerField()
    folder_id = models.UUIDField(help_text="as the recording's; kept by whatever moves it")
    recorded_at = models.DateTimeField()
    words = SearchVectorField(
        help_text="A title and tags, B chapters and titles of slides, C description and slides, D speech;"
        " with = before them those of title and tags once more"
    )
    made_at = models.DateTimeField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="search_words")]


class SearchPart(models.Model):
    """Words of a long document once more, by the letters they begin with: to rank by one is to read a part in thirty.
    Numbered after those, of a document with more places than a vector keeps, as they follow each other: for phrases."""

    pk = models.CompositePrimaryKey("recording", "number")
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    words = SearchVectorField(help_text="as in the document, at the same places")
    length = models.IntegerField(help_text="how many places the whole document tells of")


class SearchLines(models.Model):
    """What was said and shown line by line, to show the places in the few recordings that are found."""

    recording = models.OneToOneField("Recording", on_delete=models.CASCADE, primary_key=True, related_name="+")
    text = models.TextField(help_text="a line each")
    places = models.TextField(help_text="a line for each: its kind and when it begins, in ms")
    head = models.TextField(default="", db_default="", help_text="the first once more; empty when these are all")
    head_places = models.TextField(default="", db_default="", help_text="theirs")


class SearchWord(models.Model):
    """A word that some recording is found by, to say what was meant. Notes are not among them."""

    word = models.TextField(primary_key=True, help_text="small letters, no accents")

    class Meta:
        indexes = [GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_word_near")]
