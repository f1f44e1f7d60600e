"""Moving an idea to another community, or a comment to another idea; hand-overs, and what authors ask of the place."""
