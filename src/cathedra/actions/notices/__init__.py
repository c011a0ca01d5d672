"""Telling people: send what is due, take what came back, read, choose."""

from cathedra.actions.notices._bounce import take_report
from cathedra.actions.notices._own import choose_mail, mark_all_read, mark_read, try_address_again
from cathedra.actions.notices._send import Line, Postman, Sent, send_due

__all__ = [
    "Line",
    "Postman",
    "Sent",
    "choose_mail",
    "mark_all_read",
    "mark_read",
    "send_due",
    "take_report",
    "try_address_again",
]
