"""Everything that changes state: one module per room, one function per verb."""
