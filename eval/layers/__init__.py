"""One answer scored layer by layer against its key. Pure; every score comes with the words behind it."""
