"""The documents that people agree to and who agreed; the versions of the acceptable use policy as rules, and what was
declared under them. All tables only grow (R8): triggers of the migrations refuse every change and removal, TRUNCATE
too. Cases and holds are the exception: they move."""

import uuid

from django.db import models
from django.db.models import Q

from cathedra.db.models.fields import is_word, is_word_or_null, word
from cathedra.domain.policy import (
    Answer,
    CaseCause,
    CaseState,
    LinkedCourse,
    Relevance,
    TermsDocument,
    Verdict,
)


class TermsVersion(models.Model):
    """A published version of the terms of use or the acceptable use policy (R9, R15). The newest one holds."""

    document = word(TermsDocument)
    version = models.PositiveIntegerField()
    date = models.DateField()
    title = models.TextField()
    text = models.TextField()
    text_hash = models.TextField()
    changes = models.TextField(blank=True)
    is_required = models.BooleanField()  # whoever accepted only earlier versions is asked again
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("Account", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            is_word("document", TermsDocument, "terms_version_document"),
            models.UniqueConstraint(fields=("document", "version"), name="terms_version_once"),
        ]


class TermsAcceptance(models.Model):
    """Somebody accepted the terms of use, or acknowledged the policy (R11): the very words, when and from where."""

    account = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    document = word(TermsDocument)
    version = models.PositiveIntegerField()
    text_hash = models.TextField()
    at = models.DateTimeField()
    channel = models.TextField()
    address = models.TextField(blank=True)

    class Meta:
        constraints = [
            is_word("document", TermsDocument, "terms_acceptance_document"),
            models.UniqueConstraint(fields=("account", "document", "version"), name="terms_acceptance_once"),
        ]
        indexes = [models.Index(fields=("document", "version"), name="terms_acceptance_by_version")]


class UsePolicyVersion(models.Model):
    """A version of the acceptable use policy that was activated: its very text, when, by whom and why. The newest holds."""

    version = models.PositiveIntegerField(unique=True)
    title = models.TextField()
    text = models.TextField(help_text="the file, word by word")
    text_hash = models.TextField()
    why = models.TextField()
    activated_at = models.DateTimeField()
    activated_by = models.ForeignKey("Account", null=True, on_delete=models.PROTECT, related_name="+")


class UseDeclaration(models.Model):
    """What somebody declared of a recording, and what the policy of that day made of it (R77, R78). The newest of a
    recording holds; older ones stay (R8)."""

    # Outlives a draft that is thrown away before any byte of it came.
    recording = models.ForeignKey("Recording", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    account = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey("UsePolicyVersion", on_delete=models.PROTECT, related_name="+", to_field="version")
    q1 = word(Answer, help_text="supports current students (R76)")
    q2 = word(Answer, help_text="educational content")
    q3 = word(Answer, help_text="between lecturers and students")
    category = models.TextField(help_text="a word of that version of the policy")
    course = models.ForeignKey("Course", null=True, on_delete=models.PROTECT, related_name="+")
    course_kind = word(LinkedCourse, help_text="as it was on that day")
    relevance = word(Relevance)
    note = models.TextField(blank=True)
    verdict = word(Verdict)
    by = models.JSONField(default=list, help_text="the ids of the rules that decided")
    at = models.DateTimeField()
    standing = models.ForeignKey(  # R83
        "StandingDeclaration", null=True, blank=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )

    class Meta:
        constraints = [
            is_word("q1", Answer, "use_declaration_q1"),
            is_word("q2", Answer, "use_declaration_q2"),
            is_word("q3", Answer, "use_declaration_q3"),
            is_word("course_kind", LinkedCourse, "use_declaration_course_kind"),
            is_word("relevance", Relevance, "use_declaration_relevance"),
            is_word("verdict", Verdict, "use_declaration_verdict"),
            models.CheckConstraint(
                condition=Q(course__isnull=True, course_kind="none")
                | (Q(course__isnull=False) & ~Q(course_kind="none")),
                name="use_declaration_course",
            ),
        ]
        indexes = [models.Index(fields=("recording", "-id"), name="use_declaration_newest")]


class UseCase(models.Model):
    """Somebody has to look at a recording: what is asked, decided, appealed (R86 to R92). What happened step by step is
    on the audit trail; this is how it stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    cause = word(CaseCause)
    state = word(CaseState)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("Account", null=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True, db_default="", help_text="of what the desk chose to look at again (R16)")
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="N15, after the working days of R86")
    verdict = word(Verdict, null=True, blank=True, help_text="the last decision")
    failed = models.JSONField(default=list, help_text="the requirements that a refusal names (R90)")
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        "Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="when decided (R91)"
    )
    is_visible = models.BooleanField(default=False, help_text="left to its audience in the days of grace (R90)")
    grace_until = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True, help_text="N19, seven days before")
    exempt_until = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_until = models.DateTimeField(null=True, blank=True, help_text="of an exemption that waits for consent")
    proposed_why = models.TextField(blank=True)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    is_appeal_decided = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            is_word("cause", CaseCause, "use_case_cause"),
            is_word("state", CaseState, "use_case_state"),
            is_word_or_null("verdict", Verdict, "use_case_verdict"),
            models.UniqueConstraint(fields=("recording",), condition=~Q(state="closed"), name="use_case_one_at_a_time"),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(verdict="NOT_PERMITTED", grace_until__isnull=False),
                name="use_case_refused_has_grace",
            ),
            models.CheckConstraint(  # R89: an exemption ends
                condition=Q(verdict__isnull=True) | ~Q(verdict="EXEMPT") | Q(exempt_until__isnull=False),
                name="use_case_exemption_ends",
            ),
        ]
        indexes = [
            models.Index(fields=("state", "opened_at"), condition=~Q(state="closed"), name="use_case_waiting"),
            models.Index(fields=("recording", "-decided_at"), name="use_case_of_recording"),
        ]


class UseDecision(models.Model):
    """What a reviewer decided, under which version of the policy (R16, R89). Only grows: another decision on the case
    is a new row that refers to the one it corrects (R8)."""

    # Outlives what it is about, as what was declared does.
    case = models.ForeignKey("UseCase", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    recording = models.ForeignKey("Recording", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    policy = models.ForeignKey("UsePolicyVersion", on_delete=models.PROTECT, related_name="+", to_field="version")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    verdict = word(Verdict)
    failed = models.JSONField(default=list)
    reason = models.TextField()
    decided_by = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    consented_by = models.ForeignKey(
        "Account", null=True, on_delete=models.PROTECT, related_name="+", help_text="to an exemption (R89)"
    )
    is_appeal = models.BooleanField(default=False)
    is_visible = models.BooleanField(default=False)
    exempt_until = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            is_word("verdict", Verdict, "use_decision_verdict"),
            models.CheckConstraint(  # R89: an exemption ends, and two people gave it
                condition=~Q(verdict="EXEMPT") | Q(exempt_until__isnull=False, consented_by__isnull=False),
                name="use_decision_exemption",
            ),
        ]
        indexes = [models.Index(fields=("case", "-id"), name="use_decision_newest")]


class UseReport(models.Model):
    """Somebody who can view a recording says that it is outside the policy (R88). Never shown to its owner."""

    case = models.ForeignKey("UseCase", on_delete=models.CASCADE, related_name="+")
    reporter = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("case", "reporter"), name="use_report_once")]


class StandingDeclaration(models.Model):
    """R83: somebody answers for what is recorded by schedule for a course in an academic year. Never changed but to be
    withdrawn; what was declared by it refers to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey("Course", on_delete=models.PROTECT, related_name="+")
    academic_year = models.TextField(help_text="as 2026-27")
    policy_version = models.PositiveIntegerField(help_text="the version that held when it was given (R16)")
    given_by = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("course", "academic_year"), condition=Q(withdrawn_at__isnull=True), name="standing_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="standing_withdrawn_by",
            ),
        ]


class Hold(models.Model):
    """A reason why a recording may not be played, archived or deleted for now. Open while `released_at` is empty. What
    the policy lays has nobody who opened it; of the others `reason` is for the service alone, `told` for the owner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recording = models.ForeignKey("Recording", on_delete=models.CASCADE, related_name="+")
    kind = models.TextField(help_text="R54, R87, R130; takedown_legal stops its owner too (R43)")
    opened_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, db_default="", help_text="for the service alone")
    told = models.TextField(blank=True, db_default="", help_text="for the owner and the folder's Creators (N17)")
    reference = models.TextField(blank=True, db_default="", help_text="of the case, as others number it")
    review_on = models.DateField(null=True, blank=True, help_text="when somebody looks whether it is still needed")
    released_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    release_reason = models.TextField(blank=True, db_default="")
    remove_at = models.DateTimeField(null=True, blank=True, help_text="T29: decided, when the appeal period is over")
    remove_told_at = models.DateTimeField(null=True, blank=True, help_text="N19, seven days before")
    remove_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remove_reason = models.TextField(blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=("recording",), condition=Q(released_at__isnull=True), name="hold_open")]


class CreatorSuspension(models.Model):
    """Whoever runs the service has suspended somebody's Creator rights in personal folders, after repeated breaches of
    the policy; nothing does so by itself (R91). Without an end it is in force."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("Account", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("account",), condition=Q(ended_at=None), name="creator_suspension_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="creator_suspension_says_why"),
        ]
