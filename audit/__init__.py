"""The audit log: hash chain, heads, sealing, verification."""
