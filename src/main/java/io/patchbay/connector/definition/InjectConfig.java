package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** Where a value goes in a request. */
@Doc("Where a value goes in a request")
public record InjectConfig(
        @Doc("The part of the request") @Default("header") Into into,

        @Doc(
                "Name of the header, parameter, cookie or member; for path and template that of its ${page.NAME}, of a credential that of its ${auth.NAME}")
        @Nullable
        String name,

        @Doc("The value") @Nullable Text format) {

    /** Parts of a request. */
    public enum Into {
        /** A header. */
        HEADER,
        /** A query parameter. */
        QUERY,
        /** A cookie. */
        COOKIE,
        /** A member of a JSON body. */
        BODY_JSON,
        /** The whole URL: where the answer names the address of the next page. Says what happens anyhow. */
        URL,
        /** The place ${page.NAME} of the path; of a credential the place ${auth.NAME}. */
        PATH,
        /** The places ${page.NAME} of query, headers and body. */
        TEMPLATE,
        /** The place ${auth.NAME} of the body, or of a SOAP envelope's header. Credentials only. */
        BODY
    }
}
