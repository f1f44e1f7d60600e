"""Undoing a measure, appealing against one, judging the appeal."""
