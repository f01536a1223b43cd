package io.patchbay.connector.http;

import io.patchbay.connector.Hosts;
import io.patchbay.connector.PrivateAddresses;
import io.patchbay.outbound.RefusedHost;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names for the client and refuses private addresses of hosts that were not listed by their own name. The client
 * connects to the addresses that were looked at here, so a name that changes its address in between gains nothing.
 */
final class GuardedDns implements DnsResolver {

    private final Hosts hosts;

    GuardedDns(Hosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = hosts.names().all(host);
        if (!hosts.names(host)) {
            for (InetAddress address : addresses) {
                if (PrivateAddresses.covers(address)) {
                    throw new RefusedHost("host '" + host + "' has a private address; list '" + host
                            + "' under requester: {allowedHosts: […]} of the connector if it is meant");
                }
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
