"""The integrated action plan: what the region decided to do, how far it is, and the voices that it came from."""
