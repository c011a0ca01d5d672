"""Verbs of people: accounts, invitations, sign-ins, groups, roles on the platform."""

from cathedra.actions.people._accounts import create_account, create_first_administrator
from cathedra.actions.people._groups import (
    GroupOutcome,
    add_group_members,
    make_group,
    push_group,
    remove_group,
    remove_group_member,
    rename_group,
)
from cathedra.actions.people._invitations import (
    Invited,
    accept_invitation,
    invite_again,
    invite_person,
    whom_invited,
)
from cathedra.actions.people._may import decide_staff, enter_staff
from cathedra.actions.people._roles import (
    Reviewed,
    give_role,
    renew_role,
    review_roles,
    withdraw_role,
)
from cathedra.actions.people._sign_in import (
    SignInEvent,
    change_password,
    end_other_sign_ins,
    note_sign_in,
    note_sign_in_event,
)
from cathedra.actions.people._staff import edit_person, end_sign_ins, reset_second_step, set_account_active

__all__ = [
    "GroupOutcome",
    "Invited",
    "Reviewed",
    "SignInEvent",
    "accept_invitation",
    "add_group_members",
    "change_password",
    "create_account",
    "create_first_administrator",
    "decide_staff",
    "edit_person",
    "end_other_sign_ins",
    "end_sign_ins",
    "enter_staff",
    "give_role",
    "invite_again",
    "invite_person",
    "make_group",
    "note_sign_in",
    "note_sign_in_event",
    "push_group",
    "remove_group",
    "remove_group_member",
    "rename_group",
    "renew_role",
    "reset_second_step",
    "review_roles",
    "set_account_active",
    "whom_invited",
    "withdraw_role",
]
