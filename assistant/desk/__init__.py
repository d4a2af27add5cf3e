"""The plan owner's questions over the register and what was read."""
