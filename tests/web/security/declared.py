"""Who may do what at which address: written from R38 and its neighbours by hand, never read out of the product.

A line is: methods, address, who. `all` is anybody, `signed` whoever is signed in, `own` is whose thing it is and nobody
else. Names are those of tests/web/security/world.py: a role on a folder counts on that folder only, an administrator's
counts everywhere. GET speaks for HEAD. What is not named here must answer as if it were not there (or with 405).
"""

from functools import cache

from tests.web.security.router import Route
from tests.web.security.world import PEOPLE, SIGNED_IN

GROUPS = {
    "all": PEOPLE,
    "signed": SIGNED_IN,
    "own": ("owner",),
    "nobody": (),
    "finding": tuple(name for name in SIGNED_IN if name != "viewer"),  # who shares or is staff; not a student (R228)
    "inside": ("viewer", "creator", "publisher", "organizer", "analyst", "videographer", "scheduler"),
    "watching": ("viewer", "creator", "publisher", "organizer", "videographer", "owner"),  # R38 rows 1 and 2
    "creating": ("creator", "videographer", "scheduler"),  # R38 row 4
    "making_folders": ("creator", "organizer"),  # R23, and R19 for Creators; no row of R38 gives it to the service
    "cutting": ("creator", "videographer"),  # R38 row 5; others by a grant alone
    "editing": ("creator", "organizer", "videographer", "service_admin"),  # R38 row 6
    "following": ("creator", "publisher", "videographer", "owner"),  # R38 row 3, and one's own
    "sharing": ("creator", "organizer", "service_admin"),  # R38 rows 12 and 14; both are what R35 does in one step
    "taking": ("creator", "videographer", "owner"),  # R38 row 15, as every folder begins (R204), and R43
    "captioning": ("creator", "videographer"),  # R38 row 5; the service under a grant only
    "setting_up": ("creator", "service_admin"),  # R204: whoever sets the folder up
    "describing": (
        "creator",
        "publisher",
        "organizer",
        "analyst",
        "videographer",
        "service_admin",
        "sys_admin",
        "owner",
    ),  # R23, R26
    "restoring": (
        "viewer",
        "creator",
        "publisher",
        "organizer",
        "videographer",
        "service_admin",
        "owner",
    ),  # R38 row 16
    "keeping": ("creator", "service_admin", "owner"),  # R117, R128
    "showing": ("creator", "videographer"),  # R38 row 5
    "timing": ("creator", "publisher", "service_admin"),  # R38 row 11
    "counting": ("creator", "publisher", "analyst", "service_admin"),  # R38 row 19
    "approving": ("publisher",),  # R38 row 10; the service only where there is no Publisher: tests/domain/access
    "granting": ("service_admin",),  # R144, and R38 row 22
    "auditing": ("service_admin", "sys_admin", "auditor"),  # R38 row 25, R25
    "administering": ("service_admin", "sys_admin"),
    "scheduling": ("scheduler", "service_admin"),  # R83, R38 rows 4 and 22
    "platform": ("sys_admin",),  # R38 row 24
    "roled": ("videographer", "scheduler", "caption_requester", "service_admin", "sys_admin", "auditor"),
}
DECLARED = """
GET                  <root>                                                  signed
GET                  browse/                                                 signed
GET                  search/                                                 all
GET                  upload/                                                 signed
GET                  intake/                                                 signed
GET,POST             intake/<uuid:import_id>/                                own
POST                 intake/<uuid:import_id>/discard/                        own
GET                  api/intake                                              signed
POST                 api/intake/<uuid:import_id>/keep                        own
POST                 api/intake/<uuid:import_id>/discard                     own
GET                  account/                                                signed
GET,POST,PUT,PATCH,DELETE account/email/                                   all
POST                 account/sign-out-elsewhere/                             signed
GET                  account/history/                                        signed
GET                  account/approvals/                                      signed
GET,POST             account/notices/                                        signed
POST                 account/notices/address/                                signed
GET                  notices/                                                signed
POST                 notices/read/                                           signed
GET                  notices/<uuid:notice_id>/                               own
GET                  terms/                                                  all
POST                 terms/                                                  signed
GET                  terms/acceptable-use/                                   all
POST                 terms/acceptable-use/                                   signed
POST                 theme/                                                  all
GET                  robots.txt                                              all
GET,POST,PUT,PATCH,DELETE favicon.ico                                        all
GET,POST             first-run/                                              nobody
GET,POST             invitation/<str:secret>/                                all
GET                  folders/<uuid:folder_id>/                               inside
GET,POST             folders/<uuid:folder_id>/new/                           making_folders
GET,POST             folders/<uuid:folder_id>/several/                       sharing
GET                  folders/<uuid:folder_id>/upload/                        creating
GET,POST             folders/<uuid:folder_id>/schedule/                      creating
GET                  schedules/                                              signed
GET                  folders/<uuid:folder_id>/schedules/                     creating publisher
GET                  api/schedules                                           signed
GET                  api/folders/<uuid:folder_id>/schedules                  creating publisher
POST                 api/folders/<uuid:folder_id>/schedules                  creating
GET                  api/folders/<uuid:folder_id>/recorders                  creating
GET                  api/recordings/<uuid:recording_id>/schedule             describing creating
POST                 api/recordings/<uuid:recording_id>/schedule/move        creating
POST                 api/recordings/<uuid:recording_id>/schedule/call-off    creating service_admin owner
GET                  recordings/<uuid:recording_id>/schedule/                describing creating
GET,POST             recordings/<uuid:recording_id>/schedule/move/           creating
POST                 api/recordings/<uuid:recording_id>/schedule/name        creating
GET,POST             recordings/<uuid:recording_id>/schedule/name/           creating
GET,POST             recordings/<uuid:recording_id>/schedule/call-off/       creating service_admin owner
GET                  folders/<uuid:folder_id>/history/                       creator auditing
GET                  recordings/<uuid:recording_id>/                         watching
GET,POST             recordings/<uuid:recording_id>/edit/                    editing
GET                  recordings/<uuid:recording_id>/editor/                  cutting
GET                  recordings/<uuid:recording_id>/save-anew/               cutting
POST                 recordings/<uuid:recording_id>/save-anew/               creator
GET                  recordings/<uuid:recording_id>/progress/                following
POST                 recordings/<uuid:recording_id>/process-again/           keeping
GET                  recordings/<uuid:recording_id>/replace-file/            creator service_admin
GET                  recordings/<uuid:recording_id>/download/<uuid:source_id>/ taking
GET,POST             recordings/<uuid:recording_id>/captions/                captioning
GET                  recordings/<uuid:recording_id>/chapters/state/          captioning
POST                 recordings/<uuid:recording_id>/captions/again/          captioning
GET                  recordings/<uuid:recording_id>/captions/begin/          captioning
GET                  recordings/<uuid:recording_id>/captions/state/          captioning
GET,POST             recordings/<uuid:recording_id>/captions/<str:language>/ captioning
POST                 recordings/<uuid:recording_id>/captions/<str:language>/delete/ captioning
GET                  recordings/<uuid:recording_id>/captions/<str:language>/<str:ending>/ captioning
GET,POST             folders/<uuid:folder_id>/glossary/                      setting_up
GET                  api/recordings/<uuid:recording_id>/captions             watching
POST                 api/recordings/<uuid:recording_id>/captions             captioning
GET,PUT,DELETE       api/recordings/<uuid:recording_id>/captions/<str:language>  captioning
PUT                  api/recordings/<uuid:recording_id>/captions/<str:language>/file captioning
POST                 api/recordings/<uuid:recording_id>/captions/<str:language>/replace captioning
GET,PUT              api/folders/<uuid:folder_id>/glossary                   setting_up
PUT                  api/folders/<uuid:folder_id>/captions                   setting_up
POST                 folders/<uuid:folder_id>/captions/                      setting_up
GET                  recordings/<uuid:recording_id>/history/                 creator owner auditing
GET                  staff/                                                  roled
GET                  recordings/<uuid:recording_id>/keeping/                 describing
POST                 recordings/<uuid:recording_id>/keeping/                 keeping
POST                 recordings/<uuid:recording_id>/restore/                 restoring
POST                 recordings/<uuid:recording_id>/archive/                 keeping
POST                 recordings/<uuid:recording_id>/recycle/                 setting_up
POST                 recordings/<uuid:recording_id>/take-back/               setting_up
POST                 recordings/<uuid:recording_id>/purge/                   granting
POST                 recordings/<uuid:recording_id>/make-full/               creator videographer
GET                  keeping/                                                signed
POST                 keeping/restore/                                        signed
POST                 keeping/files/                                          signed
POST                 keeping/let-go/                                         signed
POST                 keeping/tell-again/                                     signed
POST                 api/keeping/let-go                                      signed
POST                 api/keeping/tell-again                                  signed
GET                  bin/                                                    signed
GET,POST             bin/empty/                                              signed
POST                 api/bin/empty                                           signed
GET                  staff/bins/                                             granting
GET                  api/staff/bins                                          granting
GET,POST             folders/<uuid:folder_id>/delete/                        setting_up
POST                 bin/folders/<uuid:unit_id>/take-back/                   setting_up
GET                  staff/retention/                                        administering
POST                 staff/retention/try/                                    administering
GET                  staff/retention/trials/<uuid:trial_id>/                 administering
GET                  staff/retention/runs/<uuid:run_id>/                     administering
POST                 staff/retention/runs/<uuid:run_id>/stop/                granting
POST                 staff/retention/runs/<uuid:run_id>/left-out/            granting
POST                 staff/retention/exemptions/<uuid:plea_id>/              granting
GET                  staff/audit/                                            auditing
GET,POST             recordings/<uuid:recording_id>/use/                     editing owner
POST                 recordings/<uuid:recording_id>/use/appeal/              owner
GET,POST             recordings/<uuid:recording_id>/report/                  watching
GET                  staff/cases/                                            granting
GET,POST             staff/cases/again/                                      granting
GET,POST             staff/cases/<uuid:case_id>/                             granting
POST                 staff/cases/<uuid:case_id>/consent/                     granting
GET,POST             staff/timetable/                                        scheduling
POST                 staff/timetable/again/                                  scheduling
GET                  staff/timetable/<uuid:feed_id>/                         granting
POST                 staff/timetable/<uuid:feed_id>/do/                      nobody
POST                 api/timetable                                           scheduling
GET                  api/timetable/runs/<uuid:feed_id>                       granting
GET                  api/timetable/failed                                    scheduling
POST                 api/timetable/again                                     scheduling
GET                  staff/holds/                                            granting
GET                  staff/holds/<uuid:hold_id>/                             granting
POST                 staff/holds/<uuid:hold_id>/release/                     granting
POST                 staff/holds/<uuid:hold_id>/takedown/                    granting
GET,POST             staff/recordings/<uuid:recording_id>/hold/              granting
GET                  api/staff/holds                                         granting
GET                  api/staff/holds/<uuid:hold_id>                          granting
POST                 api/staff/holds/<uuid:hold_id>/release                  granting
POST                 api/staff/holds/<uuid:hold_id>/takedown                 granting
POST                 api/staff/recordings/<uuid:recording_id>/holds          granting
GET,POST             staff/standing/                                         scheduling
POST                 staff/standing/<uuid:standing_id>/withdraw/             scheduling
GET,POST             api/staff/standing                                      scheduling
POST                 api/staff/standing/<uuid:standing_id>/withdraw          scheduling
GET                  staff/policy/                                           granting
GET,POST             staff/policy/<int:number>/                              granting
GET                  staff/policy/<int:number>/changes/                      granting
GET,POST             api/staff/cases                                         granting
GET                  api/staff/cases/<uuid:case_id>                          granting
POST                 api/staff/cases/<uuid:case_id>/decision                 granting
POST                 api/staff/cases/<uuid:case_id>/consent                  granting
GET                  api/declarations/policy                                 signed
POST                 api/declarations/check                                  signed
POST                 api/recordings/<uuid:recording_id>/declaration          editing owner
POST                 api/recordings/<uuid:recording_id>/report               watching
POST                 api/recordings/<uuid:recording_id>/appeal               owner
GET                  staff/hours/                                            auditing
POST                 staff/hours/                                            granting
GET                  staff/hours/statement/                                  auditing
GET                  staff/hours/allocations/                                auditing
POST                 staff/hours/allocations/                                granting
POST                 staff/hours/allocations/<uuid:allocation_id>/remove/    granting
GET                  staff/hours/exceptions/                                 auditing
POST                 staff/hours/exceptions/                                 granting
POST                 staff/hours/exceptions/<uuid:exception_id>/end/         granting
POST                 account/hours/exception/                                signed
GET                  api/hours/exceptions                                    auditing
POST                 api/hours/exceptions                                    granting
DELETE               api/hours/exceptions/<uuid:exception_id>                granting
POST                 api/me/hours/exception                                  signed
GET                  api/hours                                               auditing
GET                  api/hours/series                                        auditing
GET                  api/hours/kept                                          auditing
PUT                  api/hours/limits/<licence_year>                         granting
GET                  api/hours/allocations                                   auditing
POST                 api/hours/allocations                                   granting
DELETE               api/hours/allocations/<uuid:allocation_id>              granting
GET                  api/me/hours                                            signed
GET                  api/folders/<uuid:folder_id>/hours                      creator analyst auditing
GET                  account/hours/                                          signed
GET                  folders/<uuid:folder_id>/hours/                         creator analyst auditing
GET                  folders/<uuid:folder_id>/hours/breakdown/               creator analyst auditing
GET                  account/hours/breakdown/                                signed
GET                  account/hours/departments/<uuid:department_id>/         nobody
GET                  staff/hours/breakdown/                                  auditing
GET                  staff/hours/figures/                                    auditing
GET                  api/hours/breakdown                                     auditing
GET                  api/me/hours/breakdown                                  signed
GET                  api/folders/<uuid:folder_id>/hours/breakdown            creator analyst auditing
GET                  api/me/hours/departments/<uuid:department_id>           nobody
GET                  staff/audit/export/                                     auditing
GET                  staff/notices/                                          administering
POST                 staff/notices/address/                                  administering
GET                  staff/notices/<str:kind>/                               administering
GET                  staff/notices/<str:kind>/html/                          administering
GET                  staff/terms/                                            administering
GET,POST             staff/terms/<slug:name>/                                administering
GET                  staff/people/                                           platform
GET,POST             staff/people/new/                                       platform
GET                  staff/people/<uuid:account_id>/                         platform
GET,POST             staff/people/<uuid:account_id>/edit/                    platform
POST                 staff/people/<uuid:account_id>/invite/                  platform
GET,POST             staff/people/<uuid:account_id>/close/                   platform
GET,POST             staff/people/<uuid:account_id>/reopen/                  platform
GET,POST             staff/people/<uuid:account_id>/end-sign-ins/            platform
GET,POST             staff/people/<uuid:account_id>/reset-second-step/       platform
GET,POST             staff/people/<uuid:account_id>/roles/                   platform
GET,POST             staff/people/<uuid:account_id>/roles/<slug:role>/       platform
GET                  staff/roles/                                            platform
GET                  staff/facilities/                                       granting
GET,POST             staff/facilities/new/                                   granting
GET                  staff/facilities/<int:facility_id>/                     granting
GET,POST             staff/facilities/<int:facility_id>/edit/                granting
GET,POST             staff/facilities/<int:facility_id>/schedulers/          granting
GET,POST             staff/facilities/<int:facility_id>/technicians/         granting
GET,POST             staff/facilities/<int:facility_id>/recorders/new/       granting
GET,POST             staff/recorders/<int:recorder_id>/                      granting
GET,POST             staff/recorders/<int:recorder_id>/connection/           granting
GET                  staff/groups/                                           platform
GET,POST             staff/groups/new/                                       platform
GET,POST             staff/groups/<uuid:group_id>/                           platform
GET,POST             staff/groups/<uuid:group_id>/edit/                      platform
POST                 staff/groups/<uuid:group_id>/members/<uuid:account_id>/remove/ platform
GET                  api/                                                    nobody
GET,POST,PUT,PATCH,DELETE,TRACE api/openapi.json                             all
GET                  api/me                                                  signed
GET                  api/me/history                                          signed
GET                  api/me/approvals                                        signed
GET                  api/principals                                          finding
GET                  api/folders                                             signed
GET                  api/folders/<uuid:folder_id>                            inside
POST                 api/folders/<uuid:folder_id>/folders                    making_folders
GET                  api/folders/<uuid:folder_id>/recordings                 inside
GET                  api/folders/<uuid:folder_id>/history                    creator auditing
GET                  api/recordings/newest                                   signed
GET                  api/search                                              all
GET                  api/recordings/<uuid:recording_id>/search               watching
GET                  api/recordings/<uuid:recording_id>                      watching
PATCH                api/recordings/<uuid:recording_id>                      editing
GET                  api/recordings/<uuid:recording_id>/history              creator owner auditing
GET                  api/recordings/<uuid:recording_id>/player               watching
GET                  api/recordings/<uuid:recording_id>/progress             following
POST                 api/recordings/<uuid:recording_id>/process-again        keeping
PUT                  api/recordings/<uuid:recording_id>/position             watching
GET,PUT              api/recordings/<uuid:recording_id>/edits                cutting
GET                  api/recordings/<uuid:recording_id>/save-anew            cutting
POST                 api/recordings/<uuid:recording_id>/save-anew            creator
GET                  api/recordings/<uuid:recording_id>/content              watching
GET,POST             api/recordings/<uuid:recording_id>/notes                watching
POST                 api/recordings/<uuid:recording_id>/bookmarks            watching
PUT,DELETE           api/notes/<uuid:note_id>                                own
DELETE               api/bookmarks/<uuid:bookmark_id>                        own
GET                  api/recordings/<uuid:recording_id>/views                counting
GET,PUT              api/folders/<uuid:folder_id>/notes                      setting_up
GET                  recordings/<uuid:recording_id>/transcript/              watching
GET                  recordings/<uuid:recording_id>/notes/export/            watching
GET                  api/folders/<uuid:folder_id>/views                      counting
GET                  folders/<uuid:folder_id>/views/                         counting
GET                  folders/<uuid:folder_id>/views/export/                  counting
GET                  statistics/                                             signed
GET                  recordings/<uuid:recording_id>/views/                   counting
GET                  recordings/<uuid:recording_id>/views/export/            counting
POST                 folders/<uuid:folder_id>/access/notes/                  setting_up
POST                 folders/<uuid:folder_id>/access/summative/              setting_up
GET                  api/uploads                                             signed
GET                  folders/<uuid:folder_id>/record/                        creating
POST                 api/recorder/connect                                    nobody
POST                 api/recorder/heartbeat                                  nobody
GET                  api/recorder/schedule                                   nobody
POST                 api/recorder/errors                                     nobody
GET,POST             api/recorder/captures/<uuid:recording_id>               nobody
POST                 api/recorder/captures/<uuid:recording_id>/pause         nobody
POST                 api/recorder/captures/<uuid:recording_id>/resume        nobody
POST                 api/recorder/captures/<uuid:recording_id>/stop          nobody
POST                 api/recorders/<int:recorder_id>/code                    administering
POST                 api/recorders/<int:recorder_id>/revoke                  administering
POST                 api/recorders/<int:recorder_id>/block                   administering
GET                  api/recorders/<int:recorder_id>/connection              administering
POST                 api/folders/<uuid:folder_id>/captures                   creating
GET                  api/captures                                            signed
POST                 api/captures/<uuid:recording_id>/pause                  cutting
POST                 api/captures/<uuid:recording_id>/resume                 cutting
POST                 api/captures/<uuid:recording_id>/stop                   cutting
POST                 api/captures/<uuid:recording_id>/cancel                 cutting
POST                 api/captures/<uuid:recording_id>/finish                 cutting
GET                  api/terms                                               signed
POST                 api/terms/<document>/acceptance                         signed
GET                  api/notices                                             signed
POST                 api/notices/read                                        signed
POST                 api/notices/<uuid:notice_id>/read                       own
GET                  api/notices/choices                                     signed
PUT                  api/notices/choices/<kind>                              signed
GET                  api/audit                                               auditing
GET                  api/audit/export                                        auditing
GET,POST             api/staff/people                                        platform
GET,PATCH            api/staff/people/<uuid:account_id>                      platform
POST                 api/staff/people/<uuid:account_id>/invitation           platform
DELETE               api/staff/people/<uuid:account_id>/sign-ins             platform
DELETE               api/staff/people/<uuid:account_id>/second-step          platform
PUT,PATCH,DELETE     api/staff/people/<uuid:account_id>/roles/<role>         platform
GET                  api/staff/roles                                         platform
GET,POST             api/staff/groups                                        platform
GET,PATCH,DELETE     api/staff/groups/<uuid:group_id>                        platform
GET,POST             api/staff/groups/<uuid:group_id>/members                platform
DELETE               api/staff/groups/<uuid:group_id>/members/<uuid:account_id> platform
PUT                  api/staff/pushed-groups/<str:external_id>               platform
GET,POST             approvals/                                              signed
GET                  account/grants/                                         signed
POST                 access/request/                                         signed
GET,POST             access/requests/<uuid:request_id>/                      sharing
GET,POST             folders/<uuid:folder_id>/access/                        sharing
POST                 folders/<uuid:folder_id>/access/remove/                 sharing
POST                 folders/<uuid:folder_id>/access/level/                  sharing
POST                 folders/<uuid:folder_id>/access/downloads/              setting_up
GET,POST             folders/<uuid:folder_id>/access/inherit/                sharing
GET                  folders/<uuid:folder_id>/access/explained/              sharing
GET,POST             folders/<uuid:folder_id>/approval/                      timing
GET,POST             folders/<uuid:folder_id>/availability/                  timing
POST                 folders/<uuid:folder_id>/availability/clear/            sharing timing
GET,POST             recordings/<uuid:recording_id>/access/                  sharing
POST                 recordings/<uuid:recording_id>/access/remove/           sharing
POST                 recordings/<uuid:recording_id>/access/level/            sharing
POST                 recordings/<uuid:recording_id>/access/downloads/        setting_up
POST                 recordings/<uuid:recording_id>/access/follow/           sharing timing
GET,POST             recordings/<uuid:recording_id>/access/restrict/         sharing
GET                  recordings/<uuid:recording_id>/access/explained/        sharing
GET,POST             recordings/<uuid:recording_id>/availability/            timing
GET,POST             recordings/<uuid:recording_id>/chapters/                showing
POST                 recordings/<uuid:recording_id>/chapters/deck/           showing
GET,POST             recordings/<uuid:recording_id>/audio-description/       showing
GET                  recordings/<uuid:recording_id>/audio-description/state/  showing
POST                 recordings/<uuid:recording_id>/chapters/look/           showing
POST                 recordings/<uuid:recording_id>/chapters/reset/          showing
POST                 recordings/<uuid:recording_id>/chapters/<uuid:chapter_id>/  showing
POST                 recordings/<uuid:recording_id>/approve/                 approving
GET,POST             recordings/<uuid:recording_id>/reject/                  approving
POST                 recordings/<uuid:recording_id>/withdraw/                creator
POST                 recordings/<uuid:recording_id>/resubmit/                creator
GET,POST             recordings/<uuid:recording_id>/owner/                   keeping
PUT                  api/recordings/<uuid:recording_id>/owner                keeping
GET,POST             recordings/<uuid:recording_id>/move/                    sharing
GET,POST             recordings/<uuid:recording_id>/copy/                    sharing
GET,POST             staff/exemptions/                                       granting
POST                 staff/exemptions/<uuid:exemption_id>/end/               granting
GET                  staff/recordings/                                       administering
GET,POST             staff/recordings/<uuid:recording_id>/                   administering
GET                  staff/grants/                                           granting
GET,POST             staff/grants/new/                                       granting
GET                  staff/grants/report/                                    granting
GET                  staff/grants/report/export/                             granting
GET,POST             staff/grants/<uuid:grant_id>/                           granting
POST                 api/access-requests                                     signed
GET                  api/access-requests/<uuid:request_id>                   sharing
POST                 api/access-requests/<uuid:request_id>/answer            sharing
GET,POST             api/approvals                                           signed
GET                  api/me/grants                                           signed
GET                  api/folders/<uuid:folder_id>/access                     sharing
GET,PUT              api/folders/<uuid:folder_id>/approval                   timing
GET,PUT              api/folders/<uuid:folder_id>/availability               timing
GET,PUT              api/folders/<uuid:folder_id>/downloads                  setting_up
POST                 api/folders/<uuid:folder_id>/clear-overrides            sharing timing
POST                 api/folders/<uuid:folder_id>/inherit                    creator service_admin
PUT                  api/folders/<uuid:folder_id>/level                      sharing
POST                 api/folders/<uuid:folder_id>/members                    sharing
DELETE               api/folders/<uuid:folder_id>/members/<uuid:principal_id>/<role> sharing
GET                  api/folders/<uuid:folder_id>/sharing                    sharing
POST                 api/folders/<uuid:folder_id>/stop-inheriting            sharing
GET                  api/recordings/<uuid:recording_id>/access               sharing
GET                  api/recordings/<uuid:recording_id>/approval             following
POST                 api/recordings/<uuid:recording_id>/approve              approving
POST                 api/recordings/<uuid:recording_id>/reject               approving
POST                 api/recordings/<uuid:recording_id>/withdraw             creator
POST                 api/recordings/<uuid:recording_id>/resubmit             creator
GET,PUT              api/recordings/<uuid:recording_id>/availability         timing
GET                  api/recordings/<uuid:recording_id>/slides               watching
POST                 api/recordings/<uuid:recording_id>/slides               showing
GET                  api/recordings/<uuid:recording_id>/chapters             watching
POST,DELETE          api/recordings/<uuid:recording_id>/chapters             showing
PUT,DELETE           api/recordings/<uuid:recording_id>/chapters/<uuid:chapter_id>  showing
GET,POST,DELETE      api/recordings/<uuid:recording_id>/deck                 showing
GET,POST,DELETE      api/recordings/<uuid:recording_id>/audio-description    showing
GET                  api/recordings/<uuid:recording_id>/downloads            taking
GET,PUT              api/recordings/<uuid:recording_id>/download-policy      setting_up
POST                 api/recordings/<uuid:recording_id>/copies               sharing
POST                 api/recordings/<uuid:recording_id>/move                 sharing
POST                 api/recordings/<uuid:recording_id>/follow-folder        sharing timing
PUT                  api/recordings/<uuid:recording_id>/level                sharing
POST                 api/recordings/<uuid:recording_id>/restrict             sharing
GET                  api/recordings/<uuid:recording_id>/sharing              sharing
POST                 api/recordings/<uuid:recording_id>/viewers              sharing
DELETE               api/recordings/<uuid:recording_id>/viewers/<uuid:principal_id> sharing
GET,POST             api/staff/exemptions                                    granting
DELETE               api/staff/exemptions/<uuid:exemption_id>                granting
GET,POST             api/staff/grants                                        granting
GET                  api/staff/grants/report                                 granting
GET                  api/staff/grants/<uuid:grant_id>                        granting
PUT                  api/staff/grants/<uuid:grant_id>/notice                 granting
POST                 api/staff/grants/<uuid:grant_id>/end                    granting
GET                  api/recordings/<uuid:recording_id>/keeping              describing
POST                 api/recordings/<uuid:recording_id>/restore              restoring
POST                 api/recordings/<uuid:recording_id>/archive              keeping
POST                 api/recordings/<uuid:recording_id>/recycle              setting_up
POST                 api/recordings/<uuid:recording_id>/take-back            setting_up
POST                 api/recordings/<uuid:recording_id>/purge                granting
POST                 api/recordings/<uuid:recording_id>/make-full            creator videographer
POST                 api/recordings/<uuid:recording_id>/exemption-requests   keeping
GET                  api/bin                                                 signed
GET,PUT              api/folders/<uuid:folder_id>/summative                  setting_up
GET                  api/folders/<uuid:folder_id>/deletion                   setting_up
POST                 api/folders/<uuid:folder_id>/recycle                    setting_up
POST                 api/bin/folders/<uuid:unit_id>/take-back                setting_up
GET                  api/staff/retention                                     administering
POST                 api/staff/retention/runs/<uuid:run_id>/stop             granting
POST                 api/staff/retention/runs/<uuid:run_id>/resume           granting
GET                  api/staff/retention/runs/<uuid:run_id>/left-out         administering
POST                 api/staff/retention/runs/<uuid:run_id>/left-out         granting
POST                 staff/cases/<uuid:case_id>/suspend/                     granting
PUT                  api/staff/cases/<uuid:case_id>/suspension               granting
DELETE               api/staff/cases/<uuid:case_id>/suspension               granting
GET                  api/keeping                                             signed
POST                 api/keeping/restore                                     signed
GET                  api/staff/retention/exemptions                          administering
POST                 api/staff/retention/exemptions/<uuid:plea_id>           granting
DELETE               api/staff/retention/exemptions/<uuid:plea_id>           granting
GET                  api/staff/retention/dry-run                             administering
POST                 api/staff/retention/trials                              administering
GET                  api/staff/retention/trials/<uuid:trial_id>              administering
GET                  api/staff/use-policies                                  granting
GET                  api/staff/use-policies/<int:number>                     granting
GET                  api/staff/use-policies/<int:number>/dry-run             granting
GET                  api/staff/use-policies/<int:number>/changes             granting
POST                 api/staff/use-policies/<int:number>/activation          granting
GET                  api/hours/statement                                     auditing
GET                  api/staff/undeclared                                    granting
GET                  api/staff/recordings                                    administering
GET                  api/staff/recordings/<uuid:recording_id>                administering
POST                 api/staff/recordings/<uuid:recording_id>/ask            administering
"""
# R38 row 9: a Creator may, of their own items only; who owns without the role, or has the role and does not own, may not.
OF_OWN_CREATORS = {"recordings/<uuid:recording_id>/purge/", "api/recordings/<uuid:recording_id>/purge"}
HOW = (
    "{path}: nobody has said who may. Write a line `methods  address  who` into DECLARED in "
    "tests/web/security/declared.py, from the rules and not from the code."
)


@cache
def table() -> dict[str, dict[str, frozenset[str]]]:
    """By address and method, everybody who may."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for line in DECLARED.strip().splitlines():
        methods, path, *words = line.split()
        who = frozenset(name for word in words for name in GROUPS.get(word, (word,)))
        assert who <= set(PEOPLE), line
        lines = found.setdefault("" if path == "<root>" else path, {})
        lines |= dict.fromkeys(methods.split(","), who)
    return found


def who_may(route: Route, method: str) -> frozenset[str]:
    """Those for whom the address answers at home; nobody when the method is not declared."""
    return table().get(route.path, {}).get("GET" if method == "HEAD" else method, frozenset())


def is_own(route: Route) -> bool:
    """Whether only whose thing it is may."""
    return bool({"notice_id", "note_id", "bookmark_id", "import_id"} & {name for _kind, name in route.places})
