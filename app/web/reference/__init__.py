"""The axes: issues, territories, tags; their pages, and where coordinators keep them."""
