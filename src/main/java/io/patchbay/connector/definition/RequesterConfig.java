package io.patchbay.connector.definition;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.NotTaken;
import io.patchbay.canvas.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Where and how a system is reached. */
@Doc("Where and how the system is reached")
public record RequesterConfig(
        @Doc(
                "https://…, sftp://host:port/folder, ftp://host:port/folder, file:folder, jdbc:postgresql://host:port/database,"
                        + " smtp://host:port, imap://host:port, or the brokers of one cluster like kafka://host:9092,other:9092; endpoint paths go behind it")
        Text baseUrl,

        @Doc("Headers of every request") @Default("{}") Map<String, Text> headers,

        @Doc("Query parameters of every request") @Default("{}")
        Map<String, Text> query,

        @Doc("Longest wait for an answer, and for each next part of it") @Default("30s")
        Duration timeout,

        @Doc("Longest wait for a connection") @Default("5s") Duration connectTimeout,

        @Doc("Whether answers may come compressed") @Default("gzip")
        Compression compression,

        @NotTaken(because = "calls are made over HTTP/1.1, which every server speaks", instead = "leave it out")
        @Nullable
        Node httpVersion,

        @Doc("Hosts that may be called; *.example.com means any below. By default the host of baseUrl. A host with a"
                + " private or loopback address must stand here by its own name")
        @Nullable
        List<Text> allowedHosts,

        @Doc("Which redirects are followed") @Default("sameOrigin")
        Redirects followRedirects,

        @Doc("Largest answer that is read into memory or, if binary, to disk; largest message that is sent")
        @Default("32MB")
        DataSize maxResponse,

        @Doc("Most connections at a time") @Default("32") @Range(min = 1, max = 1000)
        int maxConnections,

        @Doc(
                "File with the host keys of SFTP servers, relative to the home folder; a server that is not in it is refused")
        @Nullable
        Text knownHosts,

        @Doc("How FTP servers are talked to") @Nullable FtpConfig ftp,

        @Doc("How databases are reached") @Nullable DatabaseConfig database,

        @Doc("How mail servers are talked to") @Nullable MailServerConfig mail) {

    /** Compression of answers. */
    public enum Compression {
        /** Gzip, if the server likes. */
        GZIP,
        /** None. */
        NONE
    }

    /** Which redirects are followed. */
    public enum Redirects {
        /** Those that stay on scheme, host and port. */
        SAME_ORIGIN,
        /** None. */
        NONE
    }
}
