"""Questions: frozen facts, rows and pages; every one takes a viewer or says why not."""
