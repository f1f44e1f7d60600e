"""The tables of meetings: the meeting and what it is about, who comes, who runs it, what came of it."""
