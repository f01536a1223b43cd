package io.patchbay.connector.ftp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks just enough FTP to break a download off in the middle, which no real server does when asked. */
final class CuttingServer implements AutoCloseable {

    private final ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ServerSocket data = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final byte[] sent = "half".getBytes(StandardCharsets.UTF_8);

    CuttingServer() throws IOException {
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try (Socket socket = control.accept();
                OutputStream out = socket.getOutputStream();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            say(out, "220 hello");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer(out, line.split(" ")[0]);
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private void answer(OutputStream out, String command) throws IOException {
        switch (command) {
            case "USER", "PASS" -> say(out, "230 in");
            case "PWD" -> say(out, "257 \"/\"");
            case "TYPE", "NOOP" -> say(out, "200 fine");
            case "EPSV" -> say(out, "229 go (|||" + data.getLocalPort() + "|)");
            case "RETR" -> {
                try (Socket socket = data.accept()) {
                    say(out, "150 here");
                    socket.getOutputStream().write(sent);
                }
                say(out, "426 gone");
            }
            default -> say(out, "500 what");
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    int port() {
        return control.getLocalPort();
    }

    byte[] sent() {
        return sent;
    }

    @Override
    public void close() throws IOException {
        control.close();
        data.close();
    }
}
