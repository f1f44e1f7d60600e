"""One crawl of every reader and page of the full square; each file here looks at what it brought back."""
