"""Brings a Stack Exchange data dump into the community.

Its texts stand under CC BY-SA, which asks for the authors' names: each author becomes a member who goes by the name in
the dump. Nobody chose here to show anything else, so every profile field shows to its owner alone, and nobody can sign
in for them.
"""
