"""networkx and pyvis -> one HTML file that works with no network connection."""
