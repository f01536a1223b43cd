package io.patchbay.trigger.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Says exactly what the test says over a socket. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(15_000);
    }

    RawClient say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Says as much as the server takes, up to so many bytes; answers how many it took. */
    long flood(long most) {
        byte[] block = new byte[64 * 1024];
        long sent = 0;
        try {
            while (sent < most) {
                socket.getOutputStream().write(block);
                sent += block.length;
            }
        } catch (IOException e) {
            return sent;
        }
        return sent;
    }

    /** Everything the server says until it closes or has said this. */
    String hear(String until) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                heard.write(b);
                if (!until.isEmpty()
                        && heard.toString(StandardCharsets.ISO_8859_1).endsWith(until)) {
                    break;
                }
            }
        } catch (SocketException reset) {
            heard.writeBytes("<reset>".getBytes(StandardCharsets.ISO_8859_1));
        } catch (SocketTimeoutException e) {
            heard.writeBytes("<silence>".getBytes(StandardCharsets.ISO_8859_1));
        }
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
