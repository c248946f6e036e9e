"""One mail: its words (`render`), its envelope and headers (`compose`), its way out (`smtp`)."""
