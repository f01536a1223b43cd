package io.patchbay.connector;

import io.patchbay.connector.definition.RequesterConfig;
import io.patchbay.expression.Template;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a system is reached, compiled.
 *
 * @param config as it was written
 * @param baseUrl where paths begin
 * @param headers of every request
 * @param query of every request
 * @param allowedHosts what may be called; null for the host of baseUrl
 * @param knownHosts file with host keys, or null
 * @param ftp how an FTP server is talked to, or null
 * @param database how a database is reached, or null
 * @param mail how a mail server is talked to, or null
 */
public record Requester(
        RequesterConfig config,
        Template baseUrl,
        List<Parameter> headers,
        List<Parameter> query,
        @Nullable List<Template> allowedHosts,
        @Nullable Template knownHosts,
        @Nullable Ftp ftp,
        @Nullable Database database,
        @Nullable MailServer mail) {

    /** {@link io.patchbay.connector.definition.DatabaseConfig}, compiled. */
    public record Database(Template tls, @Nullable Template ca, Map<String, Template> properties) {}

    /** {@link io.patchbay.connector.definition.FtpConfig}, compiled. */
    public record Ftp(
            Template security,
            Template mode,
            Template resumeTls,
            @Nullable Template ca) {}

    /** {@link io.patchbay.connector.definition.MailServerConfig}, compiled. */
    public record MailServer(Template security, @Nullable Template ca) {}

    public Requester {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        allowedHosts = allowedHosts == null ? null : List.copyOf(allowedHosts);
    }
}
