package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** How a mail server is talked to. */
@Doc("How a mail server is talked to")
public record MailServerConfig(
        @Doc(
                "starttls: TLS before anything else is said, usually port 587, 143 for IMAP; tls: TLS from the first byte, usually port 465, 993 for IMAP;"
                        + " none: password and mail are readable on the way")
        @Default("starttls")
        Text security,

        @Doc("Certificates in PEM form that the server's one must hang on, in place of those that Java trusts")
        @Nullable
        Text ca) {}
