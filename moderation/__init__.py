"""Which states follow which, what moderators decide, and the record of it."""
