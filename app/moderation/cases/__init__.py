"""Reports: what members tell of a content; several are one case, which a team decides with a reason."""
