"""Infrastructure and contracts for every service. It never imports a service."""
