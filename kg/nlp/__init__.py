"""Text -> a spaCy Doc with Universal Dependencies, names, roles and event scores."""
