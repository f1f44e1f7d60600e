"""Every SELECT of the pages of issues, territories, tags and organisations; all of it is the public's."""
