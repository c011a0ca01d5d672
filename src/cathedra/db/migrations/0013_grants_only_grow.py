"""Looks at details are a use of a grant too (R148); uses of grants only grow, as the terms and who agreed to them do, and
TRUNCATE is refused of all three (R8, R224). Additive."""

from django.db import migrations, models

import cathedra.domain.access._words

# Also where a session says that it is a replica, as for the audit trail (0005).
ONLY_GROWS = """
CREATE TRIGGER terms_keep_all BEFORE TRUNCATE ON cathedra_termsversion
    FOR EACH STATEMENT EXECUTE FUNCTION cathedra_terms_only_grow();
CREATE TRIGGER terms_keep_all BEFORE TRUNCATE ON cathedra_termsacceptance
    FOR EACH STATEMENT EXECUTE FUNCTION cathedra_terms_only_grow();
ALTER TABLE cathedra_termsversion
    ENABLE ALWAYS TRIGGER terms_keep_all, ENABLE ALWAYS TRIGGER terms_version_only_grows;
ALTER TABLE cathedra_termsacceptance
    ENABLE ALWAYS TRIGGER terms_keep_all, ENABLE ALWAYS TRIGGER terms_acceptance_only_grows;

CREATE FUNCTION cathedra_grant_use_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was done under a grant is never changed or removed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER grant_use_keep BEFORE UPDATE OR DELETE ON cathedra_accessgrantuse
    FOR EACH ROW EXECUTE FUNCTION cathedra_grant_use_only_grows();
CREATE TRIGGER grant_use_keep_all BEFORE TRUNCATE ON cathedra_accessgrantuse
    FOR EACH STATEMENT EXECUTE FUNCTION cathedra_grant_use_only_grows();
ALTER TABLE cathedra_accessgrantuse
    ENABLE ALWAYS TRIGGER grant_use_keep, ENABLE ALWAYS TRIGGER grant_use_keep_all;
"""
AS_BEFORE = """
DROP TRIGGER grant_use_keep_all ON cathedra_accessgrantuse;
DROP TRIGGER grant_use_keep ON cathedra_accessgrantuse;
DROP FUNCTION cathedra_grant_use_only_grows();
ALTER TABLE cathedra_termsversion ENABLE TRIGGER terms_version_only_grows;
ALTER TABLE cathedra_termsacceptance ENABLE TRIGGER terms_acceptance_only_grows;
DROP TRIGGER terms_keep_all ON cathedra_termsacceptance;
DROP TRIGGER terms_keep_all ON cathedra_termsversion;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cathedra', '0012_folder_newest'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='accessgrantuse',
            name='access_grant_use_kind',
        ),
        migrations.AddConstraint(
            model_name='accessgrantuse',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', [cathedra.domain.access._words.GrantUse['DOWNLOADED'], cathedra.domain.access._words.GrantUse['EDITED'], cathedra.domain.access._words.GrantUse['LOOKED'], cathedra.domain.access._words.GrantUse['PLAYED']])), name='access_grant_use_kind'),
        ),
        migrations.RunSQL(ONLY_GROWS, AS_BEFORE),
    ]
