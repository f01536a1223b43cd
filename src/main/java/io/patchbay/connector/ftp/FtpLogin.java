package io.patchbay.connector.ftp;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Requester;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.SessionPool;
import io.patchbay.connector.auth.Trust;
import io.patchbay.connector.definition.AuthConfig;
import io.patchbay.connector.file.ServerAddress;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPClientConfig;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/** Connects and logs in. Over TLS content is covered as the login is: a server that refuses that is left at once. */
final class FtpLogin implements SessionPool.Opening<FtpSession> {

    private static final int LONGEST_REPLIES = 64 * 1024;

    private final ServerAddress address;
    private final Hosts hosts;
    private final Requester requester;
    private final Security security;
    private final boolean passive;
    private final boolean resume;
    private final @Nullable SSLContext tls;
    private final String user;
    private final String password;
    private final FtpFailures failures;

    private enum Security {
        EXPLICIT,
        IMPLICIT,
        NONE
    }

    /**
     * For the server of an instance.
     *
     * @param certificates is told what the server shows
     * @throws StepException when a setting does not fit
     */
    FtpLogin(
            Instance instance,
            ServerAddress address,
            Hosts hosts,
            CallScope settings,
            FtpFailures failures,
            ServerCertificates certificates)
            throws StepException {
        this.address = address;
        this.hosts = hosts;
        this.requester = instance.connector().requester();
        this.failures = failures;
        Requester.Ftp ftp = Objects.requireNonNull(requester.ftp());
        this.security = Security.values()[choice("security", ftp.security(), settings, "explicit", "implicit", "none")];
        this.passive = choice("mode", ftp.mode(), settings, "passive", "active") == 0;
        this.resume = choice("resumeTls", ftp.resumeTls(), settings, "true", "false") == 0;
        SSLContext context =
                security == Security.NONE ? null : Trust.context(optional(ftp.ca(), settings), certificates);
        this.tls = context == null ? null : new OneServerTls(context, address.host(), address.port());
        AuthMethod auth = instance.auth();
        boolean named = auth.config().type() == AuthConfig.Type.BASIC;
        if (!named && auth.config().type() != AuthConfig.Type.NONE) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_AUTH", "FTP takes auth of type basic or none, not '" + auth.id() + "'");
        }
        this.user = named ? line("user name", auth.username(), settings) : "anonymous";
        this.password = named ? line("password", auth.password(), settings) : "patchbay@";
    }

    private static int choice(String key, Template template, CallScope settings, String... choices)
            throws StepException {
        String text = template.text(settings);
        for (int i = 0; i < choices.length; i++) {
            if (choices[i].equals(text)) {
                return i;
            }
        }
        throw new StepException(
                Owner.AUTHOR,
                "BAD_VALUE",
                "requester.ftp: '" + key + "' must be one of " + String.join(", ", choices) + ", found '"
                        + FtpFailures.shown(text) + "'");
    }

    private static @Nullable String optional(@Nullable Template template, CallScope settings) {
        return template == null || template.find(settings).isMissingNode() ? null : template.text(settings);
    }

    /** A line break in it would begin another command. */
    private static String line(String what, @Nullable Template template, CallScope settings) throws StepException {
        String text = Objects.requireNonNull(template).text(settings);
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new StepException(
                    Owner.AUTHOR, "BAD_VALUE", "the " + what + " holds a control character, which FTP cannot send");
        }
        return text;
    }

    @Override
    public FtpSession open() throws StepException {
        OpenSockets sockets = new OpenSockets();
        boolean works = false;
        try {
            FTPClient client = tls == null ? new FTPClient() : secure(tls, sockets);
            client.setSocketFactory(sockets);
            connect(client);
            login(client);
            FtpSession session = new FtpSession(client, sockets);
            works = true;
            return session;
        } catch (IOException | RuntimeException e) {
            throw failures.of("log in", e, false);
        } finally {
            if (!works) {
                sockets.close();
            }
        }
    }

    private FTPSClient secure(SSLContext context, OpenSockets sockets) {
        String[] versions = resume ? new String[] {"TLSv1.2"} : new String[] {"TLSv1.3", "TLSv1.2"};
        return new SecureFtp(security == Security.IMPLICIT, context, versions, sockets);
    }

    private void connect(FTPClient client) throws IOException, StepException {
        int timeout = (int) requester.config().timeout().toMillis();
        client.setConnectTimeout((int) requester.config().connectTimeout().toMillis());
        client.setDefaultTimeout(timeout);
        client.setDataTimeout(requester.config().timeout());
        client.setControlEncoding("UTF-8");
        client.setListHiddenFiles(false);
        FTPClientConfig listing = new FTPClientConfig();
        listing.setServerTimeZoneId("UTC");
        client.configure(listing);
        client.connect(hosts.reachable(address.host()), address.port());
        client.setSoTimeout(timeout);
        client.setKeepAlive(true);
        failures.check("connect", client, FTPReply.isPositiveCompletion(client.getReplyCode()));
    }

    private void login(FTPClient client) throws IOException, StepException {
        if (client instanceof FTPSClient secure) {
            secure.execPBSZ(0);
            secure.execPROT("P");
        }
        if (!client.login(user, password)) {
            throw failures.login(client);
        }
        if (client.hasFeature("UTF8")) {
            client.sendCommand("OPTS", "UTF8 ON"); // some servers send UTF-8 only then; the others may refuse it
        }
        failures.check("send bytes", client, client.setFileType(FTP.BINARY_FILE_TYPE));
        if (passive) {
            client.enterLocalPassiveMode();
            client.setUseEPSVwithIPv4(true); // no address in the answer that a translator would have to know
        } else {
            client.enterLocalActiveMode();
        }
        client.setBufferSize(LONGEST_REPLIES);
    }
}
