"""The index: what each text is in it, written as the texts change."""
