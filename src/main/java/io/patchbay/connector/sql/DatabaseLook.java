package io.patchbay.connector.sql;

import io.patchbay.connector.DailyLook;
import io.patchbay.connector.Hosts;
import io.patchbay.connector.ServerCertificates;
import io.patchbay.connector.TlsHandshake;
import io.patchbay.connector.auth.Trust;
import io.patchbay.payload.StepException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the certificate of a database: drivers make what trusts it by its name, so that no instance can be told of it. Asks for TLS as
 * the protocol does, and says nothing else.
 *
 * @param hosts what may be called
 * @param ca whom it trusts; null for those whom Java trusts
 * @param patience how long it may take
 * @param certificates is told
 */
record DatabaseLook(
        SqlAddress address,
        Hosts hosts,
        @Nullable String ca,
        Duration patience,
        ServerCertificates certificates,
        ScheduledExecutorService timer)
        implements DailyLook.Look {

    /** PostgreSQL, "SSLRequest" of its protocol. */
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 0x04, (byte) 0xd2, 0x16, 0x2f};

    private static final int PROTOCOL_10 = 10;
    private static final int LARGEST_GREETING = 4096;

    // Of MySQL's capabilities.
    private static final int PROTOCOL_41 = 0x200;
    private static final int SSL = 0x800;
    private static final int SECURE_CONNECTION = 0x8000;
    private static final byte UTF8MB4 = 45;

    /** Whether the protocol of a database is known here. */
    static boolean knows(SqlAddress.Kind kind) {
        return kind == SqlAddress.Kind.POSTGRESQL || kind == SqlAddress.Kind.MARIADB;
    }

    @Override
    public void now() throws IOException, StepException {
        new TlsHandshake(Trust.context(ca, certificates), patience, timer)
                .with(
                        address.host(),
                        hosts.reachable(address.host()),
                        address.port(),
                        address.kind() == SqlAddress.Kind.POSTGRESQL ? DatabaseLook::postgres : DatabaseLook::mariaDb);
    }

    private static void postgres(Socket plain) throws IOException {
        plain.getOutputStream().write(SSL_REQUEST);
        if (plain.getInputStream().read() != 'S') {
            throw new IOException("the database offers no TLS");
        }
    }

    /** The server greets first; what asks for TLS is the beginning of a login. */
    private static void mariaDb(Socket plain) throws IOException {
        DataInputStream in = new DataInputStream(plain.getInputStream());
        byte[] head = in.readNBytes(4);
        int length = head.length < 4 ? 0 : (head[0] & 0xff) | (head[1] & 0xff) << 8 | (head[2] & 0xff) << 16;
        if (length == 0 || length > LARGEST_GREETING) {
            throw new IOException("the database does not greet");
        }
        ByteBuffer greeting = ByteBuffer.wrap(in.readNBytes(length)).order(ByteOrder.LITTLE_ENDIAN);
        if (greeting.remaining() < length) {
            throw new EOFException("the database does not greet");
        }
        if ((capabilities(greeting) & SSL) == 0) {
            throw new IOException("the database offers no TLS");
        }
        ByteBuffer asks = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
        asks.put((byte) 32).put((byte) 0).put((byte) 0).put((byte) (head[3] + 1));
        asks.putInt(PROTOCOL_41 | SSL | SECURE_CONNECTION).putInt(1 << 24).put(UTF8MB4);
        OutputStream out = plain.getOutputStream();
        out.write(asks.array());
        out.flush();
    }

    /** The lower half, which stands behind the server's version, the number of the connection and the first part of the challenge. */
    private static int capabilities(ByteBuffer greeting) throws IOException {
        if (greeting.get() != PROTOCOL_10) {
            throw new IOException("the database refuses the connection, or speaks another protocol");
        }
        int at = greeting.position();
        while (at < greeting.limit() && greeting.get(at) != 0) {
            at++;
        }
        at += 1 + 4 + 8 + 1;
        if (at + 2 > greeting.limit()) {
            throw new EOFException("the greeting of the database is cut off");
        }
        return greeting.getShort(at);
    }
}
