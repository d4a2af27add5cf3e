"""How well documents are read: sections, statements with their force, and targets, against people's labels."""
