"""One OpenAPI document for the whole product: merged from the services', as the browser sees them."""
