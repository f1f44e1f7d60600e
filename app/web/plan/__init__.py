"""The plan of action: what the region decided to do, each action, its versions and what ties it to ideas."""
