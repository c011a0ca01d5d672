"""The documents that people agree to and who agreed; the versions of the acceptable use policy as rules, and what was
declared under them. All tables only grow (R8): triggers of the migrations refuse every change and removal, TRUNCATE
too."""

from django.db import models
from django.db.models import Q

from cathedra.db.models.fields import is_word, word
from cathedra.domain.policy import Answer, LinkedCourse, Relevance, TermsDocument, Verdict


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
