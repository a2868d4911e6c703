"""Entities, events and evidence -> RDF and the network."""
