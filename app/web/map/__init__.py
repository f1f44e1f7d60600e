"""The map of needs: what is said in each place, and what waits there; its list, and what is taken away of it."""
