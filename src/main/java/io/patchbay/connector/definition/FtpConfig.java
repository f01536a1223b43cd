package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import org.jspecify.annotations.Nullable;

/** How an FTP server is talked to. */
@Doc("How an FTP server is talked to")
public record FtpConfig(
        @Doc(
                "explicit: TLS after AUTH TLS; implicit: TLS from the first byte, usually port 990; none: password and content"
                        + " are readable on the way")
        @Default("explicit")
        Text security,

        @Doc("Who opens data connections: passive means Patchbay, active the server") @Default("passive")
        Text mode,

        @Doc(
                "Whether data connections resume the TLS session of the login, which many servers demand; that holds TLS at"
                        + " version 1.2, whose sessions can be resumed any number of times")
        @Default("true")
        Text resumeTls,

        @Doc("Certificates in PEM form that the server's one must hang on, in place of those that Java trusts")
        @Nullable
        Text ca) {}
