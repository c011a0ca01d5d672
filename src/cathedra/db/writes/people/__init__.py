"""Put away accounts, groups, memberships, system roles and invitations."""

from cathedra.db.writes.people._accounts import (
    add_account,
    end_sessions,
    forget_second_step,
    hold_first_run,
    set_active,
    set_details,
    set_password,
)
from cathedra.db.writes.people._groups import (
    add_group,
    add_members,
    note_push,
    remove_group,
    remove_members,
    set_group_name,
)
from cathedra.db.writes.people._invitations import add_invitation, use_invitation
from cathedra.db.writes.people._roles import give_system_role, note_role_use, renew_system_role, take_system_role

__all__ = [
    "add_account",
    "add_group",
    "add_invitation",
    "add_members",
    "end_sessions",
    "forget_second_step",
    "give_system_role",
    "hold_first_run",
    "note_push",
    "note_role_use",
    "remove_group",
    "remove_members",
    "renew_system_role",
    "set_active",
    "set_details",
    "set_group_name",
    "set_password",
    "take_system_role",
    "use_invitation",
]
