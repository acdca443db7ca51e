"""What comes of every action about everything in every state, by whoever tries it: tables and the stage for them."""
