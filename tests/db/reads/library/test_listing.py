"""The list of one folder is the list form of the rule, however it is found: the rule judges first (ADR 27)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Lower

from cathedra.db import prepared, sql
from cathedra.db.models import AccessGrantItem, Recording
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import keyset
from cathedra.db.reads import library as reads
from cathedra.db.reads._standing import standing_of
from cathedra.db.reads.library import RecordingOrder
from cathedra.domain.library import Keeping, MediaState, State, state_of
from tests.db.reads import worlds as making
from tests.lectures import lecture

KEYS = {
    None: F("created_at"),
    "title": Lower("title"),
    "length": Coalesce("edited_ms", "duration_ms", Value(-1), output_field=BigIntegerField()),
    "owner": Lower("owner__full_name"),
}
ALL = reads.Filter()
STATES = (State.PUBLISHED, State.PUBLISHED, State.HELD, State.ARCHIVED, State.PROCESSING, State.WAITING)
TITLES = ("Heat", "heat", "Éntropy", "100% yield", "a_b", "Work")


@pytest.fixture
def worlds(db, now):
    """The recordings of 150 worlds, put into six of their folders, of which four have a grant that runs; some made at one
    instant, many called alike."""
    made = making.build(150, seed=270, now=now)
    runs = {"revoked_at": None, "ended_at": None, "starts_at__lte": now, "ends_at__gt": now}
    granted = set(
        AccessGrantItem.objects.filter(**{f"grant__{name}": value for name, value in runs.items()}).values_list(
            "folder_id", flat=True
        )
    )
    with_grant = [folder for folder in made.folders if folder.id in granted]
    made.folders = made.random.sample(with_grant, 4) + made.random.sample(made.folders, 2)
    rows = list(Recording.objects.order_by("created_at"))
    for row in rows:
        row.folder_id = made.random.choice(made.folders).id
        row.title, row.description = made.random.choice(TITLES), made.random.choice(("", "of heat"))
        row.created_at = now + timedelta(hours=made.random.randrange(60))
        row.duration_ms = row.duration_ms and 60_000 * made.random.randrange(1, 5)
    Recording.objects.bulk_update(
        rows, ["folder_id", "title", "description", "created_at", "duration_ms"], batch_size=500
    )
    return made


def states_of(rows):
    """By the rule, of each by itself."""
    return {row.id: state_of(standing_of(row)) for row in rows}


def by_list_form(viewer, folder_id, now, order, wanted=ALL):
    """Every place in the list, as the condition and Django find them; of states as the rule derives them."""
    rows = Recording.objects.filter(access_reads.listed_in(viewer, folder_id, now))
    if wanted.search:
        rows = rows.filter(Q(title__icontains=wanted.search) | Q(description__icontains=wanted.search))
    if wanted.owner:
        rows = rows.filter(owner_id=wanted.owner)
    states = states_of(rows) if wanted.state or order.by == "state" else {}
    if order.by == "state":
        found = sorted(((list(State).index(state) + 1, one) for one, state in states.items()), reverse=order.is_down)
    else:
        down = "-" if order.is_down else ""
        found = rows.annotate(key=KEYS[order.by]).order_by(f"{down}key", f"{down}id").values_list("key", "id")
    kept = [(key, one) for key, one in found if wanted.state is None or states[one] is wanted.state]
    return [keyset.place(key.isoformat() if order.by is None else str(key), one) for key, one in kept]


def by_pages(viewer, folder_id, now, order, wanted, limit):
    """The ids of every page, and the place after each."""
    ids, afters, after = [], [], ""
    while True:
        page = reads.list_recordings(viewer, folder_id, now=now, order=order, wanted=wanted, after=after, limit=limit)
        ids += [row.id for row in page.rows]
        if not page.after:
            return ids, afters
        afters.append(after := page.after)


def same_by_pages(viewer, folder_id, now, order, wanted, limit):
    """The pages are the list form, and their places its places; how many there are."""
    expected = by_list_form(viewer, folder_id, now, order, wanted)
    ids, afters = by_pages(viewer, folder_id, now, order, wanted, limit)
    assert ids == [keyset.parse(place)[1] for place in expected], (viewer, folder_id, order, wanted, limit)
    assert afters == expected[limit - 1 : len(expected) - 1 : limit]
    return len(expected)


@pytest.mark.slow
def test_page_by_page_the_list_is_the_list_form_for_every_person_and_order(worlds, now):
    chosen, others, shown, held, kept = Random(27), Random(31), 0, 0, 0
    owners = [row.owner_id for row in others.sample(list(Recording.objects.order_by("id")), 6)]
    for viewer in (*worlds.people.values(), None):
        for folder in worlds.folders:
            order, search = chosen.choice(list(RecordingOrder)), chosen.choice(("", "", "HEAT", "%", "_", "\\"))
            limit, state, owner = chosen.choice((2, 5, 30)), others.choice(STATES), others.choice(owners)
            shown += same_by_pages(viewer, folder.id, now, order, reads.Filter(search), limit)
            held += Recording.objects.filter(folder_id=folder.id).count()
            if others.random() < 0.5:
                wanted = others.choice((reads.Filter(state=state), reads.Filter(owner=owner)))
                kept += same_by_pages(viewer, folder.id, now, others.choice(list(RecordingOrder)), wanted, limit)
    assert kept > 5, kept
    assert 0.1 < shown / held < 0.6, f"{shown} of {held} are shown: too alike to tell anything"


@pytest.mark.slow
def test_what_it_judges_by_is_what_the_rule_is_told_of_each_recording(worlds, now):
    """But for grants of a single recording, which show it in the person's hand and not in the list (R145)."""
    asked = 0
    for viewer in (*worlds.people.values(), None):
        for folder in worlds.folders:
            here = access_reads.OneFolder(viewer, folder.id, now)
            for row in worlds.random.sample(rows_of(here), 4):
                judged, told = here.facts_of(row), access_reads.recording_facts(viewer, row.id)
                ready_at = told.availability.ready_at if told.availability.is_capture else None
                assert plain(judged) == plain(replace(told, availability=replace(told.availability, ready_at=ready_at)))
                assert grants_of(judged, now) == grants_of(told, now)
                asked += len(grants_of(told, now))
    assert asked > 3


def rows_of(here):
    places = {
        "key": datetime.max.replace(tzinfo=UTC),
        "beyond": here.folder_id,
        "search": None,
        "state": None,
        "owner": None,
    }
    return prepared.rows(
        "listing_facts", viewer=here.viewer, folder_id=here.folder_id, level=here.facts.level, most=1000, **places
    )


def plain(facts):
    return replace(facts, grants=(), cut_version=None)


def grants_of(facts, now):
    return {
        (each.id, each.rights, each.live_since) for each in facts.grants if each.covers_folder and each.is_live(now)
    }


@pytest.mark.parametrize(
    ("hidden", "questions"),
    [(0, 3), (2, 4), (40, 5)],  # of the folder, of recordings once, twice, by the list form, of what is shown
)
def test_what_is_hidden_costs_a_bounded_number_of_questions(cast, now, hidden, questions, django_assert_num_queries):
    for place in range(4):
        lecture(cast.chemistry, cast.alice, title=f"shown {place}", now=now + timedelta(minutes=place))
    for place in range(hidden):
        at = now + timedelta(hours=1 + place)
        lecture(cast.chemistry, cast.alice, title="hidden", media=MediaState.PREPARING, now=at)
    with django_assert_num_queries(questions):
        page = reads.list_recordings(cast.ben, cast.chemistry, limit=3, now=now)
    assert [row.title for row in page.rows] == ["shown 3", "shown 2", "shown 1"]
    page = reads.list_recordings(cast.ben, cast.chemistry, limit=3, after=page.after, now=now)
    assert [row.title for row in page.rows] == ["shown 0"]


def test_a_folder_of_tombstones_shows_nothing_and_ends(cast, now):
    for place in range(20):
        lecture(cast.chemistry, cast.alice, keeping=Keeping.PURGED, now=now + timedelta(minutes=place))
    for order in RecordingOrder:
        assert reads.list_recordings(cast.alice, cast.chemistry, order=order, limit=1, now=now) == keyset.Page(())


@pytest.mark.parametrize("is_down", [True, False])
def test_by_time_the_next_are_found_by_the_index_of_the_folder(cast, now, is_down):
    with connection.cursor() as cursor:
        for way in ("seqscan", "sort", "bitmapscan"):  # which small tables invite
            cursor.execute(f"SET LOCAL enable_{way} = off")
        places = {"viewer": cast.ben, "folder_id": cast.chemistry, "level": "restricted", "most": 38}
        places |= {"search": None, "state": None, "owner": None}
        statement = sql.in_order("listing_facts", by=None, is_down=is_down)
        cursor.execute("EXPLAIN " + statement, {**places, "key": now, "beyond": cast.ben})
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "recording_in_folder" in plan
    assert "Seq Scan" not in plan


@pytest.mark.slow
def test_of_what_is_named_the_list_shows_what_it_shows(worlds, now):
    """Whatever else is named with it, of the folder or not, is left out."""
    shown = 0
    everything = list(Recording.objects.values_list("id", flat=True))
    for viewer in (*list(worlds.people.values())[:8], None):
        for folder in worlds.folders[:2]:
            here = access_reads.OneFolder(viewer, folder.id, now)
            named = [*worlds.random.sample(everything, 60), viewer or folder.id]
            listed = {keyset.parse(place)[1] for place in by_list_form(viewer, folder.id, now, RecordingOrder.OLDEST)}
            assert reads.shown_of(here, [*named, *named]) == tuple(one for one in named if one in listed)
            shown += len(listed)
    assert shown > 0


@pytest.mark.slow
def test_the_statement_derives_the_state_that_the_rule_derives_r52(worlds, now):
    """Of every recording there is, by the filter, and by the list form's way of it."""
    states = states_of(Recording.objects.all())
    assert len(set(states.values())) > 8
    word = RawSQL(f"({sql.state_word()})", ())
    assert dict(Recording.objects.annotate(word=word).values_list("id", "word")) == states
    rank = dict(Recording.objects.annotate(rank=RawSQL(sql.state_rank(), ())).values_list("id", "rank"))
    assert rank == {one: list(State).index(state) + 1 for one, state in states.items()}
    for folder in worlds.folders:
        for state in State:
            places = {"key": datetime.max.replace(tzinfo=UTC), "beyond": folder.id, "search": None, "owner": None}
            rows = prepared.rows(
                "listing_facts", viewer=None, folder_id=folder.id, level="restricted", most=5000, state=state, **places
            )
            here = Recording.objects.filter(folder_id=folder.id).values_list("id", flat=True)
            assert {row.id for row in rows} == {one for one in here if states[one] is state}


@pytest.mark.parametrize("after", ["1e5", "9" * 40, "-", "٣", "1.5", "NaN", "2147483647", "-1"])
@pytest.mark.parametrize("order", [RecordingOrder.LENGTH, RecordingOrder.STATE_DOWN])
def test_a_place_that_somebody_made_up_is_a_place_or_the_beginning(cast, now, order, after):
    lecture(cast.chemistry, cast.alice, now=now)
    made_up = keyset.place(after, cast.ben)
    assert len(reads.list_recordings(cast.ben, cast.chemistry, order=order, after=made_up, now=now).rows) <= 1


def test_owners_are_those_of_what_is_shown(cast, now):
    lecture(cast.chemistry, cast.alice, now=now)
    lecture(cast.chemistry, cast.chloe, now=now, media=MediaState.PREPARING)
    for viewer, names in ((cast.ben, ["Alice"]), (cast.alice, ["Alice", "Chloe"]), (cast.eve, [])):
        here = access_reads.OneFolder(viewer, cast.chemistry, now)
        assert [name for _, name in reads.list_owners(here)] == names
