"""Document -> mentions, then event mentions: still text, not yet things."""
