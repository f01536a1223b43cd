package io.patchbay.sandbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;

/**
 * A proxy as a company has one (RFC 9110 section 9.3.6 for CONNECT, RFC 9112 section 3.2.2 for addresses without TLS): it looks into TLS
 * with certificates of its own authority, and hands requests to the systems behind it. Connections to hosts that it was told of it passes on
 * as they are. Other hosts it does not reach.
 */
public final class SandboxProxy implements AutoCloseable {

    private final Authority authority = new Authority();
    private final List<SandboxSystem> systems;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Throwable> broken = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> passed = new ConcurrentHashMap<>();
    private volatile String login = "";

    /**
     * What it was asked for.
     *
     * @param call what the system was asked; the connection itself for CONNECT
     * @param status what was answered
     * @param answer the body that was answered, as text
     */
    public record Asked(SandboxSystem.Call call, int status, String answer) {

        @Override
        public String toString() {
            return call.method() + " " + call.address() + " " + call.text() + " -> " + status + " " + answer;
        }
    }

    /** A proxy in front of these systems. */
    public SandboxProxy(SandboxSystem... systems) {
        this.systems = List.of(systems);
        try {
            this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        begin("sandbox-proxy", this::listen);
    }

    /** From now on it wants a login. */
    public SandboxProxy wants(String user, String password) {
        login = "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** From now on it passes connections to a host on to this port of the machine, and sees nothing of what is said. */
    public SandboxProxy passes(String host, int port) {
        passed.put(host, port);
        return this;
    }

    /** Its address as clients are told it. */
    public String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** Who issues its certificates. */
    public Authority authority() {
        return authority;
    }

    /** What it was asked, connections among it, in the order of answers. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** What systems were asked. */
    public List<Asked> calls() {
        return asked.stream()
                .filter(one -> !one.call().method().equals("CONNECT"))
                .toList();
    }

    /** Where a system broke in place of an answer. */
    public List<Throwable> broken() {
        return List.copyOf(broken);
    }

    private static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                begin("sandbox-proxy-" + socket.getPort(), () -> serve(socket));
            } catch (IOException e) {
                return; // it was closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            // Without a buffer: what comes behind the head of a CONNECT belongs to TLS.
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (Head head = head(in); head != null; head = head(in)) {
                if (!login.isEmpty()
                        && !login.equals(head.headers
                                .getOrDefault("proxy-authorization", List.of(""))
                                .get(0))) {
                    SandboxSystem.Call refused = call(head, URI.create("//" + head.target), body(in, head));
                    say(out, refused, 407, Map.of("Proxy-Authenticate", "Basic realm=\"sandbox\""), new byte[0]);
                    continue;
                }
                if (head.method.equals("CONNECT")) {
                    if (tunnel(socket, head, out)) {
                        return;
                    }
                    continue;
                }
                answer(call(head, URI.create(head.target), body(in, head)), out);
            }
        } catch (IOException e) {
            // the client went away, or does not believe the authority: it knows, and its test sees it
        } catch (RuntimeException | Error e) {
            broken.add(e);
        } finally {
            open.remove(socket);
        }
    }

    /** Whether a tunnel was made, which is at its end now. */
    private boolean tunnel(Socket socket, Head head, OutputStream out) throws IOException {
        int colon = head.target.lastIndexOf(':');
        String host = head.target.substring(0, colon).toLowerCase(Locale.ROOT);
        SandboxSystem.Call connect = call(head, URI.create("//" + head.target), new byte[0]);
        Integer straight = passed.get(host);
        if (straight != null) {
            pass(connect, socket, straight);
            return true;
        }
        if (system(host).isEmpty()) {
            say(out, connect, 502, Map.of(), "no such host".getBytes(StandardCharsets.UTF_8));
            return false;
        }
        asked.add(new Asked(connect, 200, ""));
        out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        String port = head.target.substring(colon + 1);
        String origin = "https://" + host + (port.equals("443") ? "" : ":" + port);
        try (SSLSocket inner = (SSLSocket)
                authority.server(host).getSocketFactory().createSocket(socket, InputStream.nullInputStream(), true)) {
            InputStream in = new BufferedInputStream(inner.getInputStream());
            OutputStream back = inner.getOutputStream();
            for (Head request = head(in); request != null; request = head(in)) {
                answer(call(request, URI.create(origin + request.target), body(in, request)), back);
            }
        }
        return true;
    }

    private void pass(SandboxSystem.Call connect, Socket client, int port) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            open.add(server);
            asked.add(new Asked(connect, 200, ""));
            client.getOutputStream()
                    .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            begin("sandbox-proxy-back-" + client.getPort(), () -> {
                try {
                    server.getInputStream().transferTo(client.getOutputStream());
                    client.shutdownOutput();
                } catch (IOException e) {
                    // one of the two went away
                }
            });
            client.getInputStream().transferTo(server.getOutputStream());
            open.remove(server);
        }
    }

    private Optional<SandboxSystem> system(String host) {
        return systems.stream().filter(one -> one.answersAs(host)).findFirst();
    }

    private void answer(SandboxSystem.Call call, OutputStream out) throws IOException {
        Optional<SandboxSystem> system = system(call.address().getHost().toLowerCase(Locale.ROOT));
        if (system.isEmpty()) {
            say(out, call, 502, Map.of(), "no such host".getBytes(StandardCharsets.UTF_8));
            return;
        }
        SandboxSystem.Answer answer;
        try {
            answer = system.get().answer(call);
        } catch (RuntimeException | Error e) {
            broken.add(e);
            answer = SandboxSystem.Answer.json(500, "{\"error\":\"the sandbox broke\"}");
        }
        say(out, call, answer.status(), answer.headers(), answer.body());
    }

    private void say(OutputStream out, SandboxSystem.Call call, int status, Map<String, String> headers, byte[] body)
            throws IOException {
        asked.add(new Asked(call, status, new String(body, StandardCharsets.UTF_8)));
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " x\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (status != 204 && status != 304) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!call.method().equals("HEAD") && status != 204 && status != 304) {
            out.write(body);
        }
        out.flush();
    }

    private static SandboxSystem.Call call(Head head, URI address, byte[] body) {
        return new SandboxSystem.Call(head.method, address, head.headers, body);
    }

    private record Head(String method, String target, Map<String, List<String>> headers) {}

    /** The beginning of a request; null at the end of the connection. */
    private static Head head(InputStream in) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        String[] parts = first.split(" ");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = whole(in); !line.isEmpty(); line = whole(in)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new Head(parts[0], parts[1], headers);
    }

    private static byte[] body(InputStream in, Head head) throws IOException {
        if (head.headers.containsKey("transfer-encoding")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                body.write(exactly(in, size));
                whole(in);
            }
            while (!whole(in).isEmpty()) {
                // trailers say nothing here
            }
            return body.toByteArray();
        }
        List<String> length = head.headers.get("content-length");
        return length == null ? new byte[0] : exactly(in, Integer.parseInt(length.get(0)));
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(whole(in).split(";")[0].strip(), 16);
    }

    private static byte[] exactly(InputStream in, int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException();
        }
        return bytes;
    }

    private static String whole(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException();
        }
        return line;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
            if (one == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(one);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
