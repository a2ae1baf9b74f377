"""A year in the life of nine clusters, told through the portal's own services. See `portal.demo.build`."""
