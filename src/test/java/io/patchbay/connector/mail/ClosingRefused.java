package io.patchbay.connector.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before an IMAP server and refuses to close folders. */
final class ClosingRefused implements AutoCloseable {

    final AtomicInteger refused = new AtomicInteger();
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket listening;
    private final ExecutorService serving = Executors.newCachedThreadPool();

    ClosingRefused(int port) throws IOException {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        this.listening = new ServerSocket(0, 10, here);
        var unused = serving.submit(() -> {
            while (true) {
                Socket client = listening.accept();
                connections.incrementAndGet();
                Socket server = new Socket(here, port);
                serving.execute(() -> copy(server, client));
                serving.execute(() -> pass(client, server));
            }
        });
    }

    int port() {
        return listening.getLocalPort();
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of them left
        }
    }

    private void pass(Socket client, Socket server) {
        try (client;
                server) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                boolean close = line.endsWith(" CLOSE") || line.endsWith(" UNSELECT");
                String tag = line.split(" ", 2)[0];
                OutputStream out = close ? client.getOutputStream() : server.getOutputStream();
                refused.addAndGet(close ? 1 : 0);
                out.write(((close ? tag + " NO not now" : line) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
        } catch (IOException e) {
            // one of them left
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        serving.shutdownNow();
    }
}
