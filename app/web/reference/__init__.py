"""The axes: issues, territories, tags, organisations; their pages, and where coordinators keep them."""
