"""Among how many one chooses, and how many ballots are too few to be shown one by one."""

LEAST, MOST = 2, 40
# Fewer ballots than this are never shown one by one: who was there would know whose they are.
FEW = 5
