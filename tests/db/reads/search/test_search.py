"""R211: what is found, by whom, where in it; and what never is."""

import json
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from cathedra.db import prepared, sql
from cathedra.db.models import Folder, Recording, SearchDocument, SearchLines, SearchPart, SearchWord
from cathedra.db.reads import access as access_reads
from cathedra.db.reads import search as reads
from cathedra.db.reads.search import _shown
from cathedra.db.writes import access as access_writes
from cathedra.db.writes import library as library_writes
from cathedra.domain import access, search
from cathedra.domain.access import Action
from cathedra.domain.library import FolderKind, Keeping, Origin
from cathedra.domain.terms import PrincipalId
from tests.db.reads import worlds as making
from tests.finding import found, index, note, say, show, titles
from tests.lectures import lecture
from tests.said import cut

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def heat(cast, now):
    made = lecture(cast.chemistry, cast.alice, title="Heat engines", description="On Écoulement.", now=now)
    Recording.objects.filter(id=made).update(tags=["thermo", "past paper"])
    say(made, "Welcome to the second", "law of thermodynamics", "ask me at a.b@example.org", "Carnot's cycles", now=now)
    show(made, "Entropy\nheat over temperature", "Reversible cycles", now=now)
    return made


def test_r211_it_is_found_by_title_description_tags_speech_slides_and_chapters(heat, cast, now):
    cases = {
        "heat engines": [], "ecoulement": [], "Écoulements": [], "thermo": [("speech", 2000)], '"past paper"': [],
        '"second law of"': [("speech", 0)], "carnot cycle": [("speech", 6000), ("slide", 10_000)],
        "temperatures": [("slide", 0)], "entropies": [("slide", 0), ("chapter", 0)], "revers": [("chapter", 10_000)],
        "ENTROPY -quantum ": [("slide", 0)], "second-law": [("speech", 0)],
    }  # fmt: skip
    for typed, hits in cases.items():
        results = found(cast.ben, typed, now=now).results
        shown = [(hit.kind, hit.at_ms) for result in results for hit in result.hits]
        assert len(results) == 1, typed
        assert set(hits) <= set(shown), (typed, shown)
    for typed in ("quantum", "entropy -heat ", '"law second"', "engines quantum", "a.b@example.org", "example"):
        assert found(cast.ben, typed, now=now).count == 0, typed
    (result,) = found(cast.ben, "engine carnot", now=now).results
    assert result.title == (("Heat ", False), ("engines", True))
    assert result.hits[0].parts == (("Carnot", True), ("'s cycles", False))
    assert result.hits[0].picture == "slide-0.jpg", "the slide that was shown when it was said"
    assert found(cast.ben, "écoul", now=now).results[0].description == (
        ("On ", False),
        ("Écoulement", True),
        (".", False),
    )
    assert found(cast.ben, "the of", now=now).is_too_common


def test_r218_notes_are_found_by_who_wrote_them_and_public_ones_by_those_let_in(heat, cast, now):
    note(heat, cast.ben, "ask about quokkas", now=now)
    note(heat, cast.alice, "wombats are in the exam", now=now, is_public=True)
    assert [(hit.kind, hit.text) for hit in found(cast.ben, "quokka", now=now).results[0].hits] == [
        ("own_note", "ask about quokkas")
    ]
    assert found(cast.ben, "wombat", now=now).count == 0, "public, in a folder that allows no public notes"
    Folder.objects.filter(id=cast.chemistry).update(public_notes=True)
    assert found(cast.ben, "wombat", now=now).results[0].hits[0].kind == "note"
    assert found(cast.alice, "quokkas", now=now).count == 0
    assert found(cast.ben, '"about quokkas"', now=now).count == 1
    assert found(cast.eve, "wombat", now=now).count == 0
    assert not SearchDocument.objects.filter(words__icontains="quokka").exists()
    assert not SearchWord.objects.filter(word__in=["quokkas", "wombats"]).exists()


def test_r218_public_notes_are_found_only_while_the_folder_or_where_its_access_comes_from_allows_them(heat, cast, now):
    """Whatever the search asks of them: what a recording is found by, what is shown of one, and inside of one."""
    note(heat, cast.alice, "entropy of wombats", now=now, is_public=True)

    def told(who) -> tuple[int, list[str], list[str]]:
        inside = reads.find_inside(who, heat, search.parse("wombats"))
        of_words = found(who, "entropy", now=now).results  # found by other words too, its notes are shown beside
        beside = [hit.text for one in of_words for hit in one.hits if "wombats" in hit.text]
        return found(who, "wombats", now=now).count, beside, [hit.text for hit in inside]

    everything, nothing = (1, ["entropy of wombats"], ["entropy of wombats"]), (0, [], [])
    below = library_writes.add_folder("Week 1", kind=FolderKind.GENERAL, parent_id=cast.chemistry, now=now)
    cases = [
        (cast.chemistry, None, None, nothing),
        (cast.chemistry, True, None, everything),
        (cast.chemistry, False, None, nothing),
        (below, True, None, everything),
        (below, True, False, nothing),
        (below, None, True, everything),
        (below, None, None, nothing),
    ]
    for folder, above, own, wanted in cases:
        Folder.objects.filter(id=cast.chemistry).update(public_notes=above)
        if folder == below:
            Folder.objects.filter(id=below).update(public_notes=own)
        Recording.objects.filter(id=heat).update(folder_id=folder)
        index(heat, now=now)
        assert told(cast.ben) == wanted, (folder == below, above, own)
        assert told(cast.alice) == everything, "one's own are always found"


def test_what_is_cut_is_not_found_and_times_are_those_that_are_watched(heat, cast, now):
    cut(heat, (0, 5000), now=now)
    (result,) = found(cast.ben, "carnot", now=now).results
    assert [hit.at_ms for hit in result.hits] == [1000]
    (result,) = found(cast.ben, '"second law"', now=now).results
    assert result.hits == (), "not even before the index knows"
    assert [hit.at_ms for hit in reads.find_inside(cast.ben, heat, search.parse("cycl"))] == [1000, 5000, 5000]
    index(heat, now=now)
    assert found(cast.ben, '"second law"', now=now).count == 0
    (result,) = found(cast.ben, "temperature", now=now).results
    assert [hit.at_ms for hit in result.hits] == [0], "a slide that is cut in part begins where the cut ends"


def test_what_is_left_of_a_cue_or_a_chapter_is_found_without_what_is_cut_of_it(heat, cast, now):
    """R211: of a cue the words that are heard; a chapter whose beginning is cut, as the panel shows it; none that is gone."""
    cut(heat, (1000, 3000), (9000, 11_000), now=now)
    index(heat, now=now)
    assert found(cast.ben, "second", now=now).count == 0
    assert found(cast.ben, "welcome", now=now).count == 1
    assert found(cast.ben, "thermodynamics", now=now).count == 1
    (result,) = found(cast.ben, "reversible", now=now).results
    assert [(hit.kind, hit.at_ms) for hit in result.hits] == [("chapter", 7000), ("slide", 7000)]
    cut(heat, (9000, 60_000), version=2, now=now)
    index(heat, now=now)
    assert found(cast.ben, "reversible", now=now).count == 0
    assert reads.find_inside(cast.ben, heat, search.parse("reversible")) == ()


def test_inside_one_recording_while_somebody_types(heat, cast, now):
    note(heat, cast.ben, "thermos bottle", now=now)
    hits = reads.find_inside(cast.ben, heat, search.parse("therm"))
    assert [(hit.kind, hit.at_ms) for hit in hits] == [("speech", 2000), ("own_note", 5000)]
    assert hits[0].parts == (("law of ", False), ("thermodynamics", True))
    assert [hit.kind for hit in reads.find_inside(cast.alice, heat, search.parse("therm"))] == ["speech"]
    assert reads.find_inside(cast.ben, heat, search.parse("")) == ()


def test_the_title_comes_first_and_filters_leave_out(heat, cast, now):
    named = lecture(cast.chemistry, cast.chloe, title="Entropy", now=now - timedelta(days=40))
    Recording.objects.filter(id=named).update(created_at=now - timedelta(days=40))
    index(named, now=now)
    assert titles(cast.ben, "entropy", now=now) == ["Entropy", "Heat engines"]
    cases = [
        (reads.Wish(is_own=True), ["Heat engines"]),
        (reads.Wish(since=now - timedelta(days=1)), ["Heat engines"]),
        (reads.Wish(until=now - timedelta(days=1)), ["Entropy"]),
        (reads.Wish(folder_id=cast.chemistry), ["Entropy", "Heat engines"]),
        (reads.Wish(folder_id=cast.physics), []),
        (reads.Wish(folder_id=heat), []),  # no such folder
        (reads.Wish(course_id=cast.physics), []),
    ]
    for wish, wanted in cases:
        assert titles(cast.alice, "entropy", now=now, wish=wish) == wanted, wish
    everywhere = found(cast.ben, "entropy", now=now)
    assert [(place.id, place.count) for place in everywhere.folders] == [(cast.chemistry, 2)]


def test_a_copy_by_reference_is_found_by_what_its_original_says(heat, cast, now):
    copy = lecture(cast.physics, cast.alice, title="Copy", now=now, reference_of_id=heat, origin=Origin.REFERENCE_COPY)
    index(copy, now=now)
    assert titles(cast.eve, "carnot", now=now) == ["Copy"]


def test_r211_the_archived_is_shown_as_such_to_who_may_restore_it(heat, cast, now):
    Recording.objects.filter(id=heat).update(keeping=Keeping.ARCHIVED)
    (result,) = found(cast.ben, "carnot", now=now).results
    assert result.is_away
    Recording.objects.filter(id=heat).update(keeping=Keeping.RECYCLED)
    assert found(cast.ben, "carnot", now=now).count == 0
    Folder.objects.filter(id=cast.physics).update(sharing="public")


def test_a_mistyped_word_finds_what_was_meant_but_tells_nobody_of_what_they_may_not_see(heat, cast, now):
    instead = found(cast.ben, "entopry engine", now=now)
    assert (instead.meant, instead.is_instead) == ("entropy engine", True)
    assert instead.count == 1
    assert found(cast.eve, "entopry", now=now).meant == ""
    assert found(cast.ben, "xyzzyx", now=now).meant == ""


def test_class_6_for_random_worlds_everybody_finds_what_the_rule_gives_them_and_nothing_else(db, now):
    """LIST and VIEW, and of the archived what may be restored; what only a grant lets them see is not found (R145)."""
    worlds = making.build(60, seed=20261128, now=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cathedra_searchdocument (recording_id, content_version, folder_id, recorded_at, words, made_at)"
            " SELECT id, 1, folder_id, created_at, to_tsvector('cathedra', 'quokka'), created_at FROM cathedra_recording"
        )
    rows, shown = [row.id for row in worlds.recordings], 0
    assert len(rows) < 120, "all of them fit into what is looked at"
    for name, viewer in (*worlds.people.items(), ("anybody", None)):
        wanted = {one for one in rows if may_find(viewer, one, now)}
        shown += len(wanted)
        assert everything(viewer, now) == wanted, name
        some = everything(viewer, now, looked_at=4)
        assert some <= wanted, name
        assert bool(some) == bool(wanted), f"{name}: more is looked at while too little is let through"
    assert shown > 40, "the worlds have too little to find"


def may_find(viewer, recording_id, now) -> bool:
    facts = replace(access_reads.recording_facts(viewer, recording_id), grants=())

    def may(action: Action) -> bool:
        return access.decide(facts, action, now).is_permitted

    is_away = facts.media.keeping in ("ARCHIVED", "RESTORING")
    return may(Action.LIST) and (may(Action.VIEW) or (is_away and may(Action.RESTORE_FROM_ARCHIVE)))


def everything(viewer, now, **more) -> set:
    ids, page = set(), 1
    while page:
        part = found(viewer, "quokka", now=now, page=page, **more)
        ids |= {one.recording.id for one in part.results}
        page = part.next_page
    return ids


def test_r24_of_a_folder_out_of_reach_only_what_reaches_somebody_by_itself_is_looked_at(cast, now):
    """A common word is looked for in folders: what else lies in them takes no place of what is let through."""
    far = library_writes.add_folder("Far", kind=FolderKind.DEPARTMENT, now=now)
    hers, owned, *_others = [
        lecture(far, by, title="Wombats", now=now + timedelta(hours=n))
        for n, by in enumerate((cast.alice, cast.eve, cast.alice, cast.alice))
    ]
    for one in Recording.objects.filter(folder_id=far):
        index(one.id, now=now)
    access_writes.add_viewers(hers, [PrincipalId(cast.eve)], by=None, now=now)
    places = dict.fromkeys(("within", "course", "since", "until")) | {"loose": "wombat", "titled": "wombat"}
    places |= {"viewer": cast.eve, "principals": [cast.eve], "levels": ["organisation"], "paths": []}
    for is_own, wanted in ((False, [owned, hers]), (True, [owned])):
        (row,) = prepared.rows("search_recordings", **places, is_placed=False, is_own=is_own, count=2)
        assert row.worded == wanted
    assert titles(cast.eve, "wombats", now=now + timedelta(days=1), looked_at=1) == ["Wombats"]


def test_r211_one_word_ranks_in_its_part_of_a_long_document_as_in_the_whole(cast, now):
    """Ranked twice, with the parts and without; and that the parts are what is read the first time."""
    pick, words = random.Random(6), [f"{first}{last}" for first in "abcdefgh" for last in ("elta", "ilts", "our", "7")]
    made = [lecture(cast.chemistry, cast.alice, now=now + timedelta(minutes=n)) for n in range(12)]
    for one in made:
        say(one, *(" ".join(pick.choices(words, range(1, 33), k=pick.randint(1, 12))) for _ in range(60)),
            *(f"stones{n}{pick.randint(0, 9)} roll{n}" for n in range(90)), now=now)  # fmt: skip
    assert SearchPart.objects.values("recording").distinct().count() == 12
    asked = [
        *(f"'{word}'" for word in words),
        "'ou':*",
        "'stones1':*",
        "'a':*",
        "'belta' & 'cour'",
        "'dour' <-> 'eelta'",
    ]
    parted = {one: ranked(one, made) for one in asked}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cathedra_searchpart SET words = setweight(words, 'A') WHERE recording_id = %s", (made[3],)
        )
    changed = [one for one in asked if ranked(one, made) != parted[one]]
    assert len(changed) > 10, "of one word parts are read"
    assert not {"'a':*", "'belta' & 'cour'", "'dour' <-> 'eelta'"} & set(changed), "of more the whole is"
    SearchPart.objects.all().delete()
    assert {one: ranked(one, made) for one in asked} == parted


def ranked(exact: str, ids: list) -> list:
    places = {"exact": exact, "phrases": [exact] if "<->" in exact else [], "viewer": None, "worded": ids, "noted": []}
    (row,) = prepared.rows("search_ranked", **places)
    return row.best


def test_r211_a_phrase_is_found_wherever_it_is_said_in_a_lecture_of_many_hours(cast, now):
    """PostgreSQL keeps 16,383 places of a document, and 255 of one word; neither keeps a phrase from being found."""
    long, often = (lecture(cast.chemistry, cast.alice, title=title, now=now) for title in ("Long", "Often"))
    say(long, *(f"alpha{n % 900} beta gamma delta epsilon" for n in range(4000)), "quokkas jump", "over walls", now=now)
    say(often, *(f"beta kappa{n}" for n in range(300)), now=now)
    cases = {
        '"quokkas jump over walls"': ["Long"],
        '"jump quokkas"': [],
        '"epsilon alpha888 beta"': ["Long"],
        '"beta kappa299"': ["Often"],
        '"beta kappa3"': ["Often"],
        '"kappa298 beta"': ["Often"],
        '"kappa299 beta"': [],
        'beta -"quokkas jump"': ["Often"],
        'beta -"beta kappa299"': ["Long"],
        '"beta kappa299" -kappa7 ': [],
        'beta "the of" -kappa7 ': ["Long"],
    }
    assert {typed: titles(cast.ben, typed, now=now) for typed in cases} == cases
    (result,) = found(cast.ben, '"jump over"', now=now).results
    assert [(hit.at_ms, hit.text) for hit in result.hits] == [(8_000_000, "quokkas jump over walls")]


def test_r211_what_shall_not_be_there_is_not_there_though_the_title_says_the_rest(heat, cast, now):
    for typed in ("heat -carnot ", "heat -engines ", 'heat -"heat engines"', "-carnot heat"):
        assert found(cast.ben, typed, now=now).count == 0, typed
    assert titles(cast.ben, "heat -quokka ", now=now) == ["Heat engines"]


def test_r211_what_is_common_has_the_places_from_the_first_lines_that_it_has_from_all(cast, now):
    """In the first lines it stands often, too seldom, only as another word, in what is cut, or not at all."""
    texts = ["the law of heat", *["heater here"] * 12, "heat again", *["nothing of it to be said"] * 400, "rare heat"]
    texts += [
        "seldom seldom",
        *["and something more of that"] * 400,
        "often and late",
        "seldom once more",
        *["cuts"] * 9,
    ]
    made = lecture(cast.chemistry, cast.alice, title="Long", now=now)
    Recording.objects.filter(id=made).update(duration_ms=2_000_000)
    say(made, "often said", "rare", "seldom", *["often"] * 5, "cuts", "cuts of beef", "cuts", *texts, now=now)
    note(made, cast.alice, "A rare note", now=now)
    cut(made, (16_000, 22_000), now=now)
    assert SearchLines.objects.get().head
    kinds = set()
    for typed in (
        "often ",
        "rare ",
        "seldom ",
        "heat ",
        "cuts ",
        "ofte",
        "late ",
        "often late ",
        '"often and late"',
        "law of ",
    ):
        stems = _shown.Stems.of(search.parse(typed))
        (whole,), (common,) = (_shown.show(cast.alice, [made], stems, is_common=each) for each in (False, True))
        assert whole == common, typed
        assert whole.hits, typed
        kinds |= {hit.at_ms > 400_000 for hit in whole.hits}
    assert kinds == {True, False}, "of places in the first lines and of others"
    SearchLines.objects.update(head="\n".join(["as often"] * 10), head_places="\n".join(["speech 0"] * 10))
    (common,) = _shown.show(cast.alice, [made], _shown.Stems.of(search.parse("often ")), is_common=True)
    assert {hit.text for hit in common.hits} == {"as often"}, "the first lines are what is read"


def test_a_common_word_is_found_by_the_index_without_unpacking_any_vector(db):
    """The trap: the planner takes the scan of the table for cheap, and it unpacks every vector."""
    places = dict.fromkeys(("within", "course", "since", "until", "viewer"))
    places |= {"loose": "lecture", "titled": "lecture", "principals": [], "levels": ["organisation"], "paths": []}
    places |= {"is_placed": False, "is_own": False, "count": 120}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN (FORMAT JSON) " + sql.text("search_recordings"), places)
        plan = cursor.fetchone()[0]
    text = plan if isinstance(plan, str) else json.dumps(plan)
    assert text.count('"search_words"') == 2
    assert "Seq Scan" not in text
