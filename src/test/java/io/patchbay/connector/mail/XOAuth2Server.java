package io.patchbay.connector.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that takes logins by XOAUTH2 and says no as Google's documents say: by a challenge of JSON. As much of SMTP or IMAP as a check needs. */
final class XOAuth2Server implements AutoCloseable {

    static final String CHALLENGE =
            base64("{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}");

    /** What was shown, decoded; control characters as ^A. */
    final List<String> shown = new CopyOnWriteArrayList<>();

    /** Tokens that are taken. */
    final Set<String> taken = java.util.concurrent.ConcurrentHashMap.newKeySet();

    private final ServerSocket listening;
    private final ExecutorService serving = Executors.newCachedThreadPool();
    private final boolean imap;

    XOAuth2Server(boolean imap) throws IOException {
        this.imap = imap;
        this.listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        serving.execute(() -> {
            try {
                while (true) {
                    Socket socket = listening.accept();
                    serving.execute(() -> serve(socket));
                }
            } catch (IOException e) {
                // it is closed
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            say(socket, imap ? "* OK here" : "220 here");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (imap) {
                    imap(socket, in, line);
                } else {
                    smtp(socket, in, line);
                }
            }
        } catch (IOException e) {
            // the client left
        }
    }

    private void smtp(Socket socket, BufferedReader in, String line) throws IOException {
        if (line.startsWith("EHLO")) {
            say(socket, "250-here\r\n250 AUTH XOAUTH2");
        } else if (line.startsWith("AUTH XOAUTH2 ")) {
            if (takes(line.substring("AUTH XOAUTH2 ".length()))) {
                say(socket, "235 welcome");
                return;
            }
            say(socket, "334 " + CHALLENGE);
            if (in.readLine() != null) {
                say(socket, "535 5.7.8 not accepted");
            }
        } else {
            say(socket, "250 ok");
        }
    }

    private void imap(Socket socket, BufferedReader in, String line) throws IOException {
        String tag = line.split(" ")[0];
        String command = line.substring(tag.length()).strip().toUpperCase(Locale.ROOT);
        if (command.startsWith("CAPABILITY")) {
            say(socket, "* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR");
        } else if (command.startsWith("LIST")) {
            say(socket, "* LIST (\\Noselect) \"/\" \"\"");
        } else if (command.startsWith("AUTHENTICATE XOAUTH2")) {
            if (!takes(line.substring(line.lastIndexOf(' ') + 1))) {
                say(socket, "+ " + CHALLENGE);
                in.readLine();
                say(socket, tag + " NO [AUTHENTICATIONFAILED] Invalid credentials");
                return;
            }
        }
        say(socket, tag + " OK done");
    }

    private boolean takes(String response) {
        String text = new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
        shown.add(text.replace("\u0001", "^A"));
        return taken.stream().anyMatch(token -> text.contains("auth=Bearer " + token + "\u0001\u0001"));
    }

    private static void say(Socket socket, String reply) throws IOException {
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        serving.shutdownNow();
    }
}
