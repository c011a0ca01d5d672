"""Pages of who may see what: members, levels, availability, why somebody sees a thing, requests."""
