"""What clients change: verb first, one input, a payload with what has changed and the errors a person can mend."""
