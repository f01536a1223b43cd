package io.patchbay.connector.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's side of NTLM over HTTP (MS-NTHT; MS-NLMP 3.3.2 for NTLMv2): each connection, known by the port of its other end,
 * is challenged once, and answers are given on connections that proved to know the password.
 */
public final class NtlmServer {

    private static final byte[] CHALLENGE = {1, 0x23, 0x45, 0x67, (byte) 0x89, (byte) 0xab, (byte) 0xcd, (byte) 0xef};
    private static final int FLAGS = 0x1 | 0x4 | 0x200 | 0x20000 | 0x80000 | 0x800000;

    private final byte[] key;
    private final String user;
    private final String domain;
    private final Map<Integer, Boolean> connections = new ConcurrentHashMap<>();
    private final AtomicInteger logins = new AtomicInteger();

    public NtlmServer(String user, String domain, String password) {
        this.user = user;
        this.domain = domain;
        this.key = key(user, domain, password);
    }

    /** How many connections logged in. */
    public int logins() {
        return logins.get();
    }

    /** Closes no connection, and forgets who is on them. */
    public void forget() {
        connections.clear();
    }

    /** Whether the request is on a connection that logged in, and waits for an answer; if not, it was answered by a step of the login. */
    public boolean lets(HttpExchange exchange) throws IOException {
        int connection = exchange.getRemoteAddress().getPort();
        if (connections.getOrDefault(connection, false)) {
            return true;
        }
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] message = header == null || !header.startsWith("NTLM ")
                ? new byte[0]
                : Base64.getDecoder().decode(header.substring(5));
        if (message.length > 8 && message[8] == 3 && connections.containsKey(connection) && proves(message)) {
            connections.put(connection, true);
            logins.incrementAndGet();
            return true;
        }
        exchange.getRequestBody().readAllBytes();
        boolean begins = message.length > 8 && message[8] == 1;
        if (begins) {
            connections.put(connection, false);
        }
        exchange.getResponseHeaders()
                .set("WWW-Authenticate", begins ? "NTLM " + Base64.getEncoder().encodeToString(challenge()) : "NTLM");
        exchange.sendResponseHeaders(401, -1);
        return false;
    }

    private byte[] challenge() {
        byte[] target = domain.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer message =
                ByteBuffer.allocate(48 + target.length + 8 + target.length).order(ByteOrder.LITTLE_ENDIAN);
        message.put("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII)).putInt(2);
        message.putShort((short) target.length).putShort((short) target.length).putInt(48);
        message.putInt(FLAGS).put(CHALLENGE).putLong(0);
        int info = 8 + target.length;
        message.putShort((short) info).putShort((short) info).putInt(48 + target.length);
        message.put(target);
        message.putShort((short) 2).putShort((short) target.length).put(target).putInt(0);
        return message.array();
    }

    private boolean proves(byte[] message) {
        byte[] answer = field(message, 20);
        String said = new String(field(message, 36), StandardCharsets.UTF_16LE);
        if (answer.length <= 24 || !said.equalsIgnoreCase(user)) {
            return false;
        }
        byte[] proof = Arrays.copyOf(answer, 16);
        return Arrays.equals(proof, proof(key, CHALLENGE, Arrays.copyOfRange(answer, 16, answer.length)));
    }

    private static byte[] field(byte[] message, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        int offset = buffer.getInt(at + 4);
        return Arrays.copyOfRange(message, offset, offset + buffer.getShort(at));
    }

    /** NTOWFv2, MS-NLMP 3.3.2. */
    static byte[] key(String user, String domain, String password) {
        byte[] name = (user.toUpperCase(Locale.ROOT) + domain).getBytes(StandardCharsets.UTF_16LE);
        return hmac(md4(password.getBytes(StandardCharsets.UTF_16LE)), name);
    }

    /** NTProofStr, MS-NLMP 3.3.2. */
    static byte[] proof(byte[] key, byte[] challenge, byte[] temp) {
        return hmac(
                key,
                ByteBuffer.allocate(challenge.length + temp.length)
                        .put(challenge)
                        .put(temp)
                        .array());
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key, "HmacMD5"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 1320; Java has it for itself alone. */
    static byte[] md4(byte[] data) {
        int blocks = (data.length + 8) / 64 + 1;
        ByteBuffer padded = ByteBuffer.allocate(blocks * 64).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(data).put((byte) 0x80).putLong(blocks * 64 - 8, data.length * 8L);
        int[] state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
        for (int block = 0; block < blocks; block++) {
            round(state, padded, block * 64);
        }
        ByteBuffer digest = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : state) {
            digest.putInt(word);
        }
        return digest.array();
    }

    private static void round(int[] state, ByteBuffer data, int from) {
        int[][] orders = {
            {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
            {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
            {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}
        };
        int[][] shifts = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
        int[] added = {0, 0x5a827999, 0x6ed9eba1};
        int[] now = state.clone();
        for (int pass = 0; pass < 3; pass++) {
            for (int i = 0; i < 16; i++) {
                int b = now[1];
                int c = now[2];
                int d = now[3];
                int mixed = pass == 0 ? (b & c) | (~b & d) : pass == 1 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d;
                int sum = now[0] + mixed + data.getInt(from + orders[pass][i] * 4) + added[pass];
                now = new int[] {d, Integer.rotateLeft(sum, shifts[pass][i % 4]), b, c};
            }
        }
        for (int i = 0; i < 4; i++) {
            state[i] += now[i];
        }
    }
}
