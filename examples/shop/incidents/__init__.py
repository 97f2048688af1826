"""The recordings: each module says what is done to the shop and when. Seconds count from the start of the window."""
