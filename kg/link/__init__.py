"""From mentions to things: entities with names, countries and locations, and their events."""

from kg.link.merge import link

__all__ = ["link"]
