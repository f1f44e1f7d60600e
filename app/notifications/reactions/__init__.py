"""Who is told what: one small function for each thing that happens, one file for each craft."""
