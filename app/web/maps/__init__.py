"""The ground that the map stands on: the world's outlines, and the way from degrees to the page."""
