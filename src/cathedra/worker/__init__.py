"""One function per kind of job, each calling one action; and the loop that runs them."""
