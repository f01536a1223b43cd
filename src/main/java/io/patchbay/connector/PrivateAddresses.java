package io.patchbay.connector;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Addresses that only exist inside a network or a machine (RFC 1918, 4193, 6598, 3927, cloud metadata among them). */
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
                || (first == 192 && second == 0 && b[2] == 0) // protocol assignments
                || (first == 198 && (second == 18 || second == 19)) // benchmarks
                || first >= 240; // reserved, broadcast
    }

    private static boolean coversSix(byte[] b) {
        boolean unique = (b[0] & 0xfe) == 0xfc;
        boolean sixToFour = b[0] == 0x20 && b[1] == 0x02;
        boolean translated = b[0] == 0 && b[1] == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b;
        return unique || sixToFour || translated; // the last two carry any IPv4 address inside
    }
}
