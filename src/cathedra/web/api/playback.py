"""What the player asks for: how a recording is put together, how its preparation goes, where I stopped."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from cathedra.actions import grants
from cathedra.actions import playback as actions
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import content as content_reads
from cathedra.db.reads import encoding as encoding_reads
from cathedra.db.reads import library as library_reads
from cathedra.db.reads import playback as reads
from cathedra.domain import access, library
from cathedra.domain.encoding import StreamRole
from cathedra.domain.playback import LAST_VERSION
from cathedra.domain.terms import AccountId, Channel, RecordingId
from cathedra.web import actor, archived, refusals, tombstones
from cathedra.web.api.answers import REFUSED, Refusal, told
from cathedra.web.page_tags import dropped_sentence, spoken

router = Router(tags=["playback"])


class PlayerStream(Schema):
    """One picture (or the sound alone), with its own playlist."""

    id: UUID
    role: str
    is_screen: bool
    playlist_url: str
    width: int | None
    height: int | None


class PlayerLook(Schema):
    """From an instant on, how its owner wants two pictures shown: side, inset, first or second."""

    start_ms: int
    layout: str


class PlayerMove(Schema):
    """Where somebody goes on who has watched another version: the same moment of what is said and shown. `is_cut`: it is
    not there any more, and this is where it goes on. `is_same`: nothing is cut otherwise than in theirs."""

    at_ms: int
    is_cut: bool
    is_same: bool


class PlayerWas(Schema):
    """What a player that asks again has: the version, and where it is in it."""

    version: int | None = Field(default=None, ge=0, le=LAST_VERSION)
    at_ms: int = Field(default=0, ge=0, le=7 * 24 * 3600 * 1000)


class Player(Schema):
    """Everything the player starts with. `version` is that of its edits, 0 when it was never edited; `moved` is for who
    asked with another one; `spoken` is how long it is, in words."""

    title: str
    state: str
    duration_ms: int | None
    spoken: str
    streams: list[PlayerStream]
    poster_url: str | None
    storyboard_url: str | None
    position_ms: int
    can_edit: bool
    looks: list[PlayerLook]
    version: int
    moved: PlayerMove | None


class Progress(Schema):
    """How the preparation of a recording goes. `estimate_s` is the time left; `queue_position` is 1 for what is next, and
    null for what does not wait."""

    state: str
    stage: str
    percent: int | None
    estimate_s: int | None
    queue_position: int | None
    is_playable: bool
    failure: str
    dropped: list[str]


class Position(Schema):
    """Where the viewer is."""

    position_ms: int = Field(ge=0, le=7 * 24 * 3600 * 1000)


@router.get(
    "/recordings/{uuid:recording_id}/player",
    response={200: Player, REFUSED: Refusal},
    operation_id="getPlayer",
    auth=None,  # what is public plays for anybody (R13); the rule asks others to sign in
)
def player(request: HttpRequest, recording_id: UUID, was: Query[PlayerWas]) -> Any:
    """Streams, playlists, stills, and where I stopped; where I go on when it was edited while I watched."""
    viewer, wanted = actor.account_id(request), RecordingId(recording_id)
    facts = access_reads.recording_facts(viewer, wanted)
    decision = access.decide(facts, access.Action.VIEW, timezone.now())
    if not decision.is_permitted:
        return told(archived.dated(wanted, tombstones.gone(wanted, decision), timezone.now()))
    by = actor.from_request(request, channel=Channel.API)
    grants.note_playback(wanted, actor=by, now=timezone.now(), facts=facts)
    page = reads.player_page(viewer, wanted)
    has_picture = any(stream.role is not StreamRole.AUDIO for stream in page.streams)
    here = f"/stream/{recording_id}"
    lasts = page.edits.length_ms(page.duration_ms) if page.duration_ms else page.duration_ms
    return Player(
        title=page.title,
        state=facts.state,
        duration_ms=lasts,
        spoken=spoken(lasts),
        streams=playlists(page.streams, f"{here}/") if page.is_made else [],
        poster_url=f"{here}/poster.jpg" if has_picture else None,
        storyboard_url=f"{here}/storyboard.vtt" if has_picture else None,
        position_ms=page.edits.edited(page.position_ms),
        can_edit=access.decide(facts, access.Action.EDIT_RECORDING, timezone.now()).is_permitted,
        looks=[PlayerLook(start_ms=look.start_ms, layout=look.layout) for look in page.edits.edited_looks()],
        version=page.version,
        moved=_moved(wanted, was, page),
    )


def _moved(recording_id: RecordingId, was: PlayerWas, page: reads.PlayerPage) -> PlayerMove | None:
    """Of a version that no viewer had, nothing is told: its cuts are its editor's."""
    before = content_reads.edits_of_version(recording_id, was.version) if was.version is not None else None
    if before is None:
        return None
    place = library.moved(was.at_ms, before=before, after=page.edits)
    return PlayerMove(at_ms=place.at_ms, is_cut=place.is_cut, is_same=place.is_same)


def playlists(streams: tuple[reads.StreamRow, ...], here: str) -> list[PlayerStream]:
    """One entry for each playlist: the first picture carries the sound; sound alone is an entry only without one."""
    pictures = [stream for stream in streams if stream.role is not StreamRole.AUDIO]
    shown = pictures or [stream for stream in streams if stream.role is StreamRole.AUDIO][:1]
    return [
        PlayerStream(
            id=stream.id,
            role=stream.role,
            is_screen=stream.is_screen,
            playlist_url=f"{here}{'secondary' if stream.role is StreamRole.SECONDARY else 'primary'}.m3u8",
            width=stream.width,
            height=stream.height,
        )
        for stream in shown
    ]


@router.get(
    "/recordings/{uuid:recording_id}/progress", response={200: Progress, REFUSED: Refusal}, operation_id="getProgress"
)
def progress(request: HttpRequest, recording_id: UUID) -> Any:
    """Stage, percentage and estimate, for its owner and the folder's insiders."""
    viewer, wanted = AccountId(request.user.pk), RecordingId(recording_id)
    facts = access_reads.recording_facts(viewer, wanted)
    decision = access.decide(facts, access.Action.SEE_PROGRESS, timezone.now())
    if not decision.is_permitted:
        return told(decision)
    page = library_reads.get_recording(viewer, wanted)
    return Progress(
        state=page.state,
        stage=refusals.fill(page.stage, {}),
        percent=page.stage_percent,
        estimate_s=page.stage_estimate_s,
        queue_position=encoding_reads.queue_position(wanted),
        is_playable=access.decide(facts, access.Action.VIEW, timezone.now()).is_permitted,
        failure=refusals.fill(page.failure, page.failure_values),
        dropped=[dropped_sentence(part) for part in page.dropped],
    )


@router.put(
    "/recordings/{uuid:recording_id}/position", response={204: None, REFUSED: Refusal}, operation_id="savePosition"
)
def save_position(request: HttpRequest, recording_id: UUID, position: Position) -> Any:
    """Remember where I am, to resume there."""
    decision = actions.save_position(
        RecordingId(recording_id),
        position_ms=position.position_ms,
        actor=actor.from_request(request, channel=Channel.API),
        now=timezone.now(),
    )
    return Status(204, None) if decision.is_permitted else told(decision)
