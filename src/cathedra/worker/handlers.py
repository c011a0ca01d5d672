"""Which function does which kind of job: a table, exactly one for each."""

from cathedra.domain.jobs import JobKind
from cathedra.worker import (
    captions,
    editing,
    encoding,
    grants,
    ingest,
    metering,
    notices,
    people,
    plumbing,
    policy,
    publishing,
    retention,
    saving,
    search,
    slides,
    viewing,
)
from cathedra.worker.run import Handler

HANDLERS: dict[JobKind, Handler] = {
    JobKind.PROBE_SOURCE: encoding.probe_source,
    JobKind.PACKAGE_SOURCE: encoding.package_source,
    JobKind.ENCODE_LADDER: encoding.encode_ladder,
    JobKind.MEND_LADDERS: encoding.mend_ladders,
    JobKind.STORE_ORIGINAL: encoding.store_original,
    JobKind.DROP_SOURCE: encoding.drop_source,
    JobKind.SWEEP_WORK_FOLDERS: encoding.sweep_work_folders,
    JobKind.EXPIRE_UPLOADS: ingest.expire_uploads,
    JobKind.SWEEP_STRAY_FILES: ingest.sweep_stray_files,
    JobKind.TEND_INTAKE: ingest.tend_intake,
    JobKind.REVIEW_SYSTEM_ROLES: people.review_system_roles,
    JobKind.REMIND_PUBLISHERS: publishing.remind_publishers,
    JobKind.COPY_MEDIA: publishing.copy_media,
    JobKind.MAKE_COPY_FULL: publishing.fill_copy,
    JobKind.TEND_GRANTS: grants.tend_grants,
    JobKind.RETRY_STALLED_JOBS: plumbing.retry_stalled_jobs,
    JobKind.SEND_NOTICES: notices.send_notices,
    JobKind.READ_BOUNCES: notices.read_bounces,
    JobKind.PROVE_METERS: metering.prove_meters,
    JobKind.WATCH_METERS: metering.watch_meters,
    JobKind.ARCHIVE_RECORDING: retention.archive_recording,
    JobKind.RESTORE_MEDIA: retention.restore_media,
    JobKind.TEND_RETENTION: retention.tend_retention,
    JobKind.TEND_BINS: retention.tend_bins,
    JobKind.TRY_RETENTION: retention.try_retention,
    JobKind.TEND_USE_CASES: policy.tend_use_cases,
    JobKind.CUT_EDGES: editing.cut_edges,
    JobKind.SWEEP_EDGES: editing.sweep_edges,
    JobKind.MEND_EDITS: editing.mend_edits,
    JobKind.JOIN_EDITED: editing.join_edited,
    JobKind.SAVE_ANEW: saving.save_anew,
    JobKind.CLEAR_SAVING: saving.clear_saving,
    JobKind.TRANSCRIBE: captions.transcribe,
    JobKind.WRITE_CAPTIONS: captions.write_captions,
    JobKind.CATCH_UP_CAPTIONS: captions.catch_up_captions,
    JobKind.READ_SLIDES: slides.read_slides,
    JobKind.INDEX_RECORDING: search.index_recording,
    JobKind.MEND_INDEX: search.mend_index,
    JobKind.RENEW_VIEW_FIGURES: viewing.renew_figures,
}

# What is done when the last attempt of a job has failed; nothing where nobody waits for it.
GIVING_UP: dict[JobKind, Handler] = {
    JobKind.PROBE_SOURCE: encoding.give_up,
    JobKind.PACKAGE_SOURCE: encoding.give_up,
    JobKind.ENCODE_LADDER: encoding.give_up,
    JobKind.COPY_MEDIA: publishing.abandon_copy,
    JobKind.MAKE_COPY_FULL: publishing.abandon_full,
    JobKind.RESTORE_MEDIA: retention.abandon_restore,
    JobKind.CUT_EDGES: editing.abandon_edit,
    JobKind.SAVE_ANEW: saving.abandon_saving,
    JobKind.TRANSCRIBE: captions.fail_listening,
    JobKind.READ_SLIDES: slides.abandon_slides,
    JobKind.TRY_RETENTION: retention.abandon_trial,
}

# Jobs that wait for other people's mail servers, and those of which one runs at a time.
MAIL = frozenset({JobKind.SEND_NOTICES, JobKind.READ_BOUNCES})
LOCKS: dict[JobKind, str] = {
    JobKind.SEND_NOTICES: "mail",
    JobKind.READ_BOUNCES: "bounces",
    JobKind.TEND_GRANTS: "grants",
    JobKind.TEND_RETENTION: "retention",
}

# Jobs that nobody asks for: minute, hour, day, month, weekday, second.
PERIODIC: dict[JobKind, str] = {
    JobKind.EXPIRE_UPLOADS: "*/10 * * * *",
    JobKind.SWEEP_STRAY_FILES: "17 * * * *",
    JobKind.TEND_INTAKE: "35 4 * * *",
    JobKind.SWEEP_WORK_FOLDERS: "37 * * * *",
    JobKind.REMIND_PUBLISHERS: "20 5 * * *",
    JobKind.TEND_GRANTS: "* * * * *",
    JobKind.REVIEW_SYSTEM_ROLES: "10 * * * *",
    JobKind.RETRY_STALLED_JOBS: "* * * * * */5",
    JobKind.SEND_NOTICES: "* * * * *",
    JobKind.READ_BOUNCES: "*/5 * * * *",
    JobKind.PROVE_METERS: "50 2 * * *",
    JobKind.WATCH_METERS: "*/10 * * * *",
    JobKind.TEND_RETENTION: "*/2 * * * *",
    JobKind.TEND_BINS: "25 4 * * *",
    JobKind.TEND_USE_CASES: "25 * * * *",
    JobKind.SWEEP_EDGES: "45 3 * * *",
    JobKind.MEND_EDITS: "15 1 * * *",
    JobKind.MEND_LADDERS: "25 1 * * *",
    JobKind.CATCH_UP_CAPTIONS: "40 1 * * *",
    JobKind.MEND_INDEX: "*/10 * * * *",
    JobKind.RENEW_VIEW_FIGURES: "55 * * * *",
}
