package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** How a database is reached. */
@Doc("How a database is reached")
public record DatabaseConfig(
        @Doc("verify: with TLS, and the certificate must be trusted and name the host; none: readable on the way")
        @Default("verify")
        Text tls,

        @Doc("Certificates in PEM form that the server's one must hang on, in place of those that Java trusts")
        @Nullable
        Text ca) {}
