"""Is what is found of use: questions that people ask, judged, put to our search and to those it is compared with."""
