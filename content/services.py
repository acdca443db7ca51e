"""What the use cases of content work with."""

from dataclasses import dataclass

from content.links import Site
from stores.services import Services


@dataclass(frozen=True, slots=True)
class ContentServices:
    """The services, and the site to which texts belong."""

    core: Services
    site: Site
