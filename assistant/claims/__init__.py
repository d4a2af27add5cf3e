"""What a written sentence claims, and whether a source says the same: figures, denials, duties, words."""
