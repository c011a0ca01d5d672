"""Groups by rule (R2)."""

from cathedra.domain import people
from cathedra.domain.people import GroupFacts, GroupKind
from cathedra.domain.terms import Code


def test_r2_only_internal_groups_are_edited_and_only_without_roles_removed():
    for kind in GroupKind:
        for count in (0, 3):
            facts = GroupFacts("Students", kind, count)
            is_ours = kind is GroupKind.INTERNAL
            assert people.decide_edit_group(facts).is_permitted == is_ours
            assert people.decide_remove_group(facts).is_permitted == (is_ours and count == 0)
    assert people.decide_edit_group(GroupFacts("S", GroupKind.EXTERNAL, 0)).code is Code.ILLEGAL_TRANSITION
    assert people.decide_remove_group(GroupFacts("S", GroupKind.INTERNAL, 3)).code is Code.CONFLICT


def test_r2_course_groups_come_in_threes_by_instance_and_course():
    for name, is_well in (
        ("moodle:chem-1a_viewers", True),
        ("moodle:chem:1a 2026_creators", True),
        ("m:c_publishers", True),
        ("moodle:chem-1a", False),
        ("chem_viewers", False),
        (":chem_viewers", False),
        ("moodle:_viewers", False),
        ("moodle:chem_editors", False),
        ("moodle:chem\n_viewers", False),
        ("m:" + "c" * 200 + "_viewers", False),
        ("", False),
    ):
        assert people.decide_push(name, GroupKind.EXTERNAL, known_kind=None).is_permitted == is_well, name
    assert people.decide_push("cn=staff,ou=chem", GroupKind.DIRECTORY, known_kind=None).is_permitted
    assert people.decide_push("m:c_viewers", GroupKind.EXTERNAL, known_kind=GroupKind.EXTERNAL).is_permitted
    assert people.decide_push("m:c_viewers", GroupKind.EXTERNAL, known_kind=GroupKind.DIRECTORY).code is Code.CONFLICT
    assert people.decide_push("m:c_viewers", GroupKind.INTERNAL, known_kind=None).code is Code.CONFLICT


def test_a_groups_name_is_one_line_without_commas_and_its_own():
    assert people.clean_group_name("  Part IA,\n students ") == "Part IA students"
    assert people.decide_group_name("Students", is_taken=False).is_permitted
    for name, is_taken, code in (
        ("", False, Code.BAD_REQUEST),
        ("x" * 201, False, Code.BAD_REQUEST),
        ("Students", True, Code.CONFLICT),
    ):
        assert people.decide_group_name(name, is_taken=is_taken).code is code
