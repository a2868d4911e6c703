"""From mentions to things: entities with names, countries and locations, and their events."""
