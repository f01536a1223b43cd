package io.patchbay.sandbox.tiktok;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of calls as Partner Center describes it ("sign your API request"). */
final class Signature {

    private static final Set<String> LEFT_OUT = Set.of("sign", "access_token");

    private Signature() {}

    /**
     * What the query parameter {@code sign} has to be.
     *
     * @param query names and values, not encoded
     * @param body as it was sent; of a GET it is not signed
     */
    static String of(String secret, String method, String path, Map<String, String> query, byte[] body) {
        SortedMap<String, String> sorted = new TreeMap<>(query);
        sorted.keySet().removeAll(LEFT_OUT);
        StringBuilder text = new StringBuilder(secret).append(path);
        sorted.forEach((name, value) -> text.append(name).append(value));
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        if (!method.equals("GET")) {
            signed.writeBytes(body);
        }
        signed.writeBytes(secret.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
