"""The documents that people agree to, version by version, and who agreed. Both tables only grow (R8): triggers of the
migrations refuse every change and removal, TRUNCATE too."""

from django.db import models

from cathedra.db.models.fields import is_word, word
from cathedra.domain.policy import TermsDocument


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
