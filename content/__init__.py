"""Rendering, links, publishing and profile texts."""
