package io.patchbay.connector;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Addresses that only exist inside a network or a machine (RFC 6890: private, shared, link-local, reserved,
 * for documents), or carry an address of the other version inside. */
public final class PrivateAddresses {

    private PrivateAddresses() {}

    /** Whether an address is one of them. */
    public static boolean covers(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? coversFour(bytes) : coversSix(bytes);
    }

    private static boolean coversFour(byte[] b) {
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        return first == 0 // "this network"
                || (first == 100 && second >= 64 && second < 128) // shared by carriers
                || (first == 192 && second == 0 && (b[2] == 0 || b[2] == 2)) // protocol assignments, documents
                || (first == 192 && second == 88 && b[2] == 99) // relays of 6to4
                || (first == 198 && second == 51 && b[2] == 100) // documents
                || (first == 203 && second == 0 && b[2] == 113)
                || (first == 198 && (second == 18 || second == 19)) // benchmarks
                || first >= 240; // reserved, broadcast
    }

    private static boolean coversSix(byte[] b) {
        boolean unique = (b[0] & 0xfe) == 0xfc;
        boolean documents = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && (b[3] & 0xff) == 0xb8;
        boolean discarded = b[0] == 0x01 && b[1] == 0;
        return unique || documents || discarded || carriesFour(b);
    }

    /** RFC 4291 (compatible), 2765 (translated), 6052 (NAT64), 3056 (6to4), 4380 and 2928 (Teredo and its like), 5214 (ISATAP). */
    private static boolean carriesFour(byte[] b) {
        boolean compatible = b[0] == 0 && b[1] == 0; // nothing else is in 0::/16
        boolean translated = b[0] == 0 && b[1] == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
        boolean sixToFour = b[0] == 0x20 && b[1] == 0x02;
        boolean assigned = b[0] == 0x20 && b[1] == 0x01 && (b[2] & 0xfe) == 0;
        boolean isatap = (b[8] & 0xfd) == 0 && b[9] == 0 && b[10] == 0x5e && (b[11] & 0xff) == 0xfe;
        return compatible || translated || sixToFour || assigned || isatap;
    }
}
