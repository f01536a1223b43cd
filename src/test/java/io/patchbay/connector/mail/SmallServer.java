package io.patchbay.connector.mail;

import io.patchbay.connector.ServerKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An SMTP server on loopback with what GreenMail has not: STARTTLS, SIZE, and replies as a test wants them. */
final class SmallServer implements AutoCloseable {

    /** What clients said, one command or line of a mail each; passwords left out. */
    final Queue<String> commands = new ConcurrentLinkedQueue<>();

    final Queue<String> mails = new ConcurrentLinkedQueue<>();

    /** Replies in place of the usual one, by the beginning of a command in capitals; DATA. stands for the end of a mail. */
    final Map<String, String> replies = new ConcurrentHashMap<>();

    private final ServerSocket listening;
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final SSLContext tls;
    private final boolean implicit;

    /** @param key for TLS, or null */
    SmallServer(ServerKey key, boolean implicit) throws Exception {
        this.tls = key == null ? null : context(key);
        this.implicit = implicit;
        this.listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        var unused = serving.submit(() -> {
            while (true) {
                Socket socket = listening.accept();
                serving.execute(() -> serve(socket));
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    static SSLContext context(ServerKey key) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(key.store())) {
            store.load(in, ServerKey.PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, ServerKey.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void serve(Socket plain) {
        try (plain) {
            Socket socket = implicit ? secured(plain) : plain;
            say(socket, "220 small ESMTP");
            BufferedReader in = lines(socket);
            String line = in.readLine();
            while (line != null) {
                String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
                commands.add(verb.equals("AUTH") ? "AUTH" : line);
                if (verb.equals("STARTTLS")) {
                    say(socket, "220 go ahead");
                    socket = secured(socket);
                    in = lines(socket);
                } else if (verb.equals("DATA")) {
                    say(socket, reply("DATA", "354 go on"));
                    mails.add(mail(in));
                    String end = reply("DATA.", "250 taken");
                    if (end.isEmpty()) {
                        return;
                    }
                    say(socket, end);
                } else {
                    say(socket, reply(line.toUpperCase(Locale.ROOT), usual(verb, socket)));
                }
                line = in.readLine();
            }
        } catch (IOException e) {
            commands.add("cut");
        }
    }

    private String usual(String verb, Socket socket) {
        if (!verb.equals("EHLO")) {
            return verb.equals("AUTH") ? "235 welcome" : "250 ok";
        }
        boolean secure = socket instanceof SSLSocket;
        return tls == null || secure ? "250-small\r\n250-SIZE 100000\r\n250 AUTH PLAIN" : "250-small\r\n250 STARTTLS";
    }

    private String reply(String command, String usual) {
        return replies.entrySet().stream()
                .filter(one -> command.equals(one.getKey())
                        || (!one.getKey().startsWith("DATA") && command.startsWith(one.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(usual);
    }

    private static String mail(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line).append('\n');
        }
        return mail.toString();
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void say(Socket socket, String reply) throws IOException {
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serving.shutdownNow();
    }
}
