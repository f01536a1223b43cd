package io.patchbay.connector.sftp;

import io.patchbay.connector.AuthMethod;
import io.patchbay.connector.CallScope;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Requester;
import io.patchbay.connector.file.ServerAddress;
import io.patchbay.expression.Template;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.jspecify.annotations.Nullable;

/** Sets up how the client logs in: host keys are always checked, and only against the file that the instance names. */
final class SftpLogin {

    private SftpLogin() {}

    static SftpConfiguration of(Instance instance, ServerAddress address, CallScope settings, Path home)
            throws StepException {
        Requester requester = instance.connector().requester();
        SftpConfiguration configuration = new SftpConfiguration();
        configuration.setProtocol("sftp");
        configuration.setHost(address.host());
        configuration.setPort(address.port());
        configuration.setStepwise(false);
        configuration.setStreamDownload(true);
        configuration.setBulkRequests(64);
        configuration.setConnectTimeout(
                (int) requester.config().connectTimeout().toMillis());
        configuration.setSoTimeout((int) requester.config().timeout().toMillis());
        configuration.setServerAliveInterval((int) requester.config().timeout().toMillis());
        configuration.setStrictHostKeyChecking("yes");
        configuration.setUseUserKnownHostsFile(false);
        configuration.setAutoCreateKnownHostsFile(false);
        configuration.setKnownHostsFile(knownHosts(instance, requester.knownHosts(), settings, home));
        login(configuration, instance.auth(), settings);
        return configuration;
    }

    private static String knownHosts(Instance instance, @Nullable Template file, CallScope settings, Path home)
            throws StepException {
        String name = file == null ? "" : file.text(settings);
        Path path = home.resolve(name);
        if (name.isEmpty() || !Files.isRegularFile(path)) {
            throw new StepException(
                    Owner.AUTHOR,
                    "NO_KNOWN_HOSTS",
                    "instance '" + instance.name() + "' needs the file of knownHosts with the server's host key"
                            + (name.isEmpty() ? "" : "; '" + name + "' is not there"));
        }
        return path.toString();
    }

    private static void login(SftpConfiguration configuration, AuthMethod auth, CallScope settings)
            throws StepException {
        switch (auth.config().type()) {
            case BASIC -> {
                configuration.setUsername(text(auth.username(), settings));
                configuration.setPassword(text(auth.password(), settings));
                configuration.setPreferredAuthentications("password,keyboard-interactive");
            }
            case SSH_KEY -> {
                configuration.setUsername(text(auth.username(), settings));
                configuration.setPrivateKey(key(text(auth.key(), settings)));
                String passphrase = passphrase(auth.passphrase(), settings);
                if (passphrase != null) {
                    configuration.setPrivateKeyPassphrase(passphrase);
                }
                configuration.setPreferredAuthentications("publickey");
            }
            default ->
                throw new StepException(
                        Owner.AUTHOR, "BAD_AUTH", "SFTP takes auth of type basic or sshKey, not '" + auth.id() + "'");
        }
    }

    private static String text(@Nullable Template template, CallScope settings) {
        return Objects.requireNonNull(template).text(settings);
    }

    private static @Nullable String passphrase(@Nullable Template template, CallScope settings) {
        String text = template == null || template.find(settings).isMissingNode() ? "" : template.text(settings);
        return text.isEmpty() ? null : text;
    }

    /** A key ends with a line break; one that went through an environment variable may have lost it. */
    private static byte[] key(String text) {
        return (text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
