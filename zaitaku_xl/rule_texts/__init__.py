"""Rules, questions and differences as a person reads them."""
