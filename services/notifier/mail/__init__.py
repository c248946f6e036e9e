"""One mail: its texts (`render`), its headers and body (`compose`), its delivery (`smtp`)."""
