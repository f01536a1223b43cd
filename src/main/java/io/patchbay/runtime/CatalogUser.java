package io.patchbay.runtime;

import io.patchbay.connector.Catalog;

/** Told of every new catalog of connectors, before the flows that name them are read. */
public interface CatalogUser {

    /** The catalog that holds from now on. */
    void use(Catalog catalog);
}
