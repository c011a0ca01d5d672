# The only list of commands.
SHELL := /bin/sh
