"""Every SELECT of the figures: `contents` of ideas, `talk` of comments and paper, `persons`, `facilitation`."""
