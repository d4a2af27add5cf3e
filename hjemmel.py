"""The `hjemmel` command: opens the doors of `ingest`, `assistant` and `eval`."""

import sys

_DOORS = {"ingest": "ingest", "eval": "eval"}


def main() -> int:
    """Sends `hjemmel ingest …` and `hjemmel eval …` to their packages, everything else to the assistant."""
    words = sys.argv[1:]
    door = _DOORS.get(words[0]) if words else None
    if door == "ingest":
        from ingest.__main__ import main as ingest

        return ingest(words[1:])
    if door == "eval":
        from eval.__main__ import main as evaluate

        return evaluate(words[1:])
    from assistant.__main__ import main as assist

    return assist(words)


if __name__ == "__main__":
    sys.exit(main())
