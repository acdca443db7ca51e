"""The name under which content/ knows policy.host_names."""

from policy.host_names import registrable_domain

__all__ = ["registrable_domain"]
