"""The staff area: pages for those who hold a role on the platform. To everybody else none of it exists."""
