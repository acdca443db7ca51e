"""What the community is made of: plain frozen records and enums, standard library only."""
