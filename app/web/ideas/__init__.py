"""Ideas: their list, one idea, its writing, its answer, what it is joined or related to."""
