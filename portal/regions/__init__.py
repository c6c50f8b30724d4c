"""The map of the regions: another way into the region facet."""
