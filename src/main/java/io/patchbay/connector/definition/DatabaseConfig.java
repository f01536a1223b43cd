package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a database is reached. */
@Doc("How a database is reached")
public record DatabaseConfig(
        @Doc(
                "verify: with TLS, and the certificate must be trusted and name the host; none: readable on the way; driver: as"
                        + " 'properties' tell a driver from the folder drivers, which the runtime cannot look after")
        @Default("verify")
        Text tls,

        @Doc("Certificates in PEM form that the server's one must hang on, in place of those that Java trusts")
        @Nullable
        Text ca,

        @Doc(
                "Properties of a driver from the folder drivers; none that makes a driver load classes, run statements, touch files or"
                        + " go to other hosts")
        @Default("{}")
        Map<String, Text> properties) {}
