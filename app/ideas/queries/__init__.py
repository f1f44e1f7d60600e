"""Every SELECT on ideas: `reading` for one, `lists` for many, `facets` for counts and places."""
