"""From mentions to things: entities with their names, countries and locations, and events of them."""

from kg.link.merge import link

__all__ = ["link"]
